import { explainFailure } from "#components/resend/explain-failure.ts";
import type { DeliveryErrorCode } from "#lib/contract/delivery.ts";
import type { Forward, ForwardErrorCode } from "#lib/contract/forward.ts";

type OwnCode = Exclude<ForwardErrorCode, DeliveryErrorCode>;

const TITLES: Record<OwnCode, string> = {
  bad_status: "The target did not accept it",
  loop_detected: "A loop was stopped",
  capture_gone: "The capture is gone",
  not_sendable: "The capture cannot be sent",
};

const REMEDIES: Record<OwnCode, string> = {
  bad_status: "Only a 2xx counts as accepted: look into the target's log.",
  loop_detected: "Change the rule's URL, or the target's, so that nothing leads back here.",
  capture_gone: "It was deleted, or made room for newer ones.",
  not_sendable: "Resend it with headers or a method of your own.",
};

const isOwn = (code: ForwardErrorCode): code is OwnCode => code in TITLES;

/** Why the last attempt did not succeed, and what to do; null when it did, or there was none. */
export function explainForward({ error, status }: Forward): {
  title: string;
  message: string;
  remedy: string;
} | null {
  if (!error) return null;
  const { code, message } = error;
  if (!isOwn(code)) return { ...explainFailure({ code, message, phase: null }), message };
  const title = code === "bad_status" && status !== null ? `Answered with ${status}` : TITLES[code];
  return { title, message, remedy: REMEDIES[code] };
}
