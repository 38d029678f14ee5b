"use client";

export type Toast = {
  id: number;
  title: string;
  description?: string;
  /** Something that failed: read out at once. */
  urgent: boolean;
  /** What can be done about it, for as long as it is shown. */
  action?: { label: string; onClick: () => void };
  timeoutMs: number;
};

const NONE: readonly Toast[] = [];
/** More would cover the page; the oldest goes. */
const MAX = 4;

let list: readonly Toast[] = NONE;
let lastId = 0;
const listeners = new Set<() => void>();

function replace(next: readonly Toast[]): void {
  list = next;
  for (const listener of listeners) listener();
}

/** What is shown in the corner of the page, whoever said it. */
export const toasts = {
  get: () => list,
  none: () => NONE,
  /** @returns the toast's id, to close it with */
  add(toast: Omit<Toast, "id">): number {
    lastId += 1;
    replace([...list, { ...toast, id: lastId }].slice(-MAX));
    return lastId;
  },
  close(id: number): void {
    if (list.some((toast) => toast.id === id)) replace(list.filter((toast) => toast.id !== id));
  },
  subscribe(listener: () => void): () => void {
    listeners.add(listener);
    return () => listeners.delete(listener);
  },
};
