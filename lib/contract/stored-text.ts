import { z } from "zod";

/** Half of a surrogate pair: a string of JavaScript's, but no text of Unicode's. */
const LONE_SURROGATE = /\p{Surrogate}/u;

/** Text that a person writes and that every database gives back as it was. */
export const storedTextSchema = z
  .string()
  .refine((text) => !text.includes("\0") && !LONE_SURROGATE.test(text), {
    error: "must be text: without the character U+0000 and without half of a surrogate pair",
  });
