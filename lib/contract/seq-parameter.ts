import { z } from "zod";

/** A column for a number that counts holds no more. */
const SEQ_MAX = 2 ** 31 - 1;

/** A `seq`, or another place in a list to go on from. Beyond the largest that there is it means the end. */
export const seqParameter = z.coerce
  .number()
  .int()
  .min(0)
  .overwrite((seq) => Math.min(seq, SEQ_MAX))
  .optional();
