import { expect, test } from "vitest";
import { joinArrivals } from "#components/live/event-queue.ts";
import type { FeedAction } from "#components/live/feed.ts";

const arrived = (skipped: number): FeedAction => ({ type: "arrived", captures: [], skipped });
const removed: FeedAction = { type: "removed", all: true };

test("joins arrivals that follow each other, and only those", () => {
  expect(joinArrivals([arrived(1), arrived(2), removed, arrived(3)])).toEqual([
    arrived(3),
    removed,
    arrived(3),
  ]);
});
