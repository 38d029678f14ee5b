import type { Summary } from "../contract/capture.ts";
import type { CapturesEvent, RemovedEvent, RestoredEvent } from "../contract/events.ts";
import { createFeed } from "./feed.ts";

/** A share link as far as its live feed is concerned. */
export type SharedLink = {
  id: string;
  binId: string;
  /** The one capture that it shows; null for the whole bin. */
  captureId: string | null;
  expiresAt: Date | null;
};

type Emit = {
  captures(shareId: string, event: CapturesEvent): void;
  removed(shareId: string, event: RemovedEvent): void;
  restored(shareId: string, event: RestoredEvent): void;
  /** Says so to everybody who watches, and hangs up. */
  gone(shareId: string): void;
};

/**
 * What happens in bins, told to those who watch them through a link: under the link's id instead
 * of the bin's, with summaries made for that link, and without what the owner writes and sets.
 */
export function createSharedBins<Link extends SharedLink>(
  isWatched: (shareId: string) => boolean,
  emit: Emit,
) {
  const links = new Map<string, Map<string, Link>>();
  const feed = createFeed(isWatched, (event) => emit.captures(event.binId, event));

  const watched = (binId: string): Link[] => {
    const ofBin = links.get(binId);
    if (!ofBin) return [];
    for (const id of ofBin.keys()) if (!isWatched(id)) ofBin.delete(id);
    if (ofBin.size === 0) links.delete(binId);
    return [...ofBin.values()];
  };

  return {
    add(link: Link): void {
      const ofBin = links.get(link.binId) ?? new Map<string, Link>();
      ofBin.set(link.id, link);
      links.set(link.binId, ofBin);
    },
    captured(binId: string, summary: (link: Link) => Summary | null): void {
      // The hot path, and nearly always there is none.
      if (!links.has(binId)) return;
      for (const link of watched(binId)) {
        if (link.captureId === null) feed.push(link.id, () => summary(link));
      }
    },
    removed(event: RemovedEvent): void {
      for (const { id, captureId } of watched(event.binId)) {
        if (captureId === null) emit.removed(id, { ...event, binId: id });
        else if (event.all || event.ids?.includes(captureId)) emit.gone(id);
      }
    },
    restored({ binId, count, after }: RestoredEvent): void {
      for (const { id, captureId } of watched(binId)) {
        // Listed anew by who watches: these summaries are the owner's.
        if (captureId === null) emit.restored(id, { binId: id, count, captures: null, after });
      }
    },
    gone(binId: string): void {
      for (const { id } of watched(binId)) emit.gone(id);
    },
    stop: feed.stop,
  };
}
