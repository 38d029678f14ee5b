import { z } from "zod";
import { SEQ_MAX } from "./limits.ts";

/** A `seq`, or another place in a list to go on from. Beyond the largest that there is it means the end. */
export const seqParameter = z.coerce
  .number()
  .int()
  .min(0)
  .overwrite((seq) => Math.min(seq, SEQ_MAX))
  .optional();
