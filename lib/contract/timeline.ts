import { z } from "zod";
import { TIMELINE_BUCKETS_DEFAULT, TIMELINE_BUCKETS_MAX } from "./limits.ts";

const countSchema = z.int().min(0);

export const timelineBucketSchema = z
  .object({
    problem: countSchema,
    delete: countSchema,
    write: countSchema,
    read: countSchema,
    other: countSchema,
  })
  .meta({ id: "TimelineBucket" });

export type TimelineBucket = z.infer<typeof timelineBucketSchema>;

export const timelineSchema = z
  .object({
    /** Where the first bucket begins: a whole multiple of `bucketMs` since 1970, in UTC. */
    from: z.iso.datetime(),
    bucketMs: z.int().min(1),
    /** From `from` on, without a break; none when there is nothing to count. */
    buckets: z.array(timelineBucketSchema),
    /** Captures up to this one are counted. */
    seq: z.int().min(0),
    /** True where so many captures are in the span that the counts are estimated from some of them. */
    sampled: z.boolean(),
    searchedFrom: z
      .int()
      .nullable()
      .meta({
        description:
          "With `q`: captures older than this `seq` were not looked at any more, because the search took " +
          "too long. Null when all were.",
      }),
  })
  .meta({ id: "Timeline" });

export type Timeline = z.infer<typeof timelineSchema>;

const time = z.iso.datetime({ offset: true }).optional();

export const timelineQuerySchema = z
  .object({
    /** Inclusive; the first capture's time when left out. */
    from: time,
    /** Exclusive; after the last capture when left out. */
    to: time,
    q: z.string().optional().meta({ description: "Only captures that match" }),
    /** At most so many. */
    buckets: z.coerce
      .number()
      .int()
      .min(1)
      .max(TIMELINE_BUCKETS_MAX)
      .default(TIMELINE_BUCKETS_DEFAULT),
  })
  .refine(({ from, to }) => !from || !to || Date.parse(from) < Date.parse(to), {
    path: ["to"],
    error: "has to be later than from",
  });

export type TimelineQuery = z.infer<typeof timelineQuerySchema>;
