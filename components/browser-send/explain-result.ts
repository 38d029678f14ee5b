import type { BrowserTry } from "#components/browser-send/browser-outcome.tsx";
import type { FetchPlan } from "#components/browser-send/plan-fetch.ts";
import type { BrowserResult } from "#components/browser-send/protocol.ts";

type Explained = { title: string; tone: "plain" | "bad"; text: string[] };

/** What happened, as far as the browser says, and what to do next. */
export function explainResult(as: BrowserTry, result: BrowserResult, plan: FetchPlan): Explained {
  if (result.type === "answer") {
    const { status, statusText } = result;
    const title = `${status} ${statusText}`.trimEnd();
    return { title, tone: status < 400 ? "plain" : "bad", text: [] };
  }
  if (result.type === "hidden") return explainHidden(as, result.why);
  if (result.why === "timeout") {
    const text = [
      "Check that the target answers, or allow more time. It may have got the request.",
    ];
    return { title: "It took too long", tone: "bad", text };
  }
  if (as === "check") {
    return {
      title: "Nothing answers there",
      tone: "bad",
      text: [
        "Check the URL and the port, and that the target is running.",
        ...obstacles(plan),
        ...said(result.message),
      ],
    };
  }
  if (as === "blind") {
    return {
      title: "It could not be sent",
      tone: "bad",
      text: ["Nothing answers there.", ...obstacles(plan), ...said(result.message)],
    };
  }
  return {
    title: "The browser shows no answer",
    tone: "bad",
    text: [
      "It does not say which it was: nothing answers at this URL, or the target does not allow pages to read it (CORS).",
      plan.preflight.length > 0
        ? "The browser asks the target first with OPTIONS: if the target refused that, it did not get the request itself."
        : "If the target is there, it has got the request.",
      ...obstacles(plan),
      ...said(result.message),
    ],
  };
}

function explainHidden(as: BrowserTry, why: "no-cors" | "redirect"): Explained {
  if (why === "redirect") {
    return {
      title: "The target redirects",
      tone: "plain",
      text: [
        "Browsers hide where to, and with which status. Go back and turn on Follow redirects, or send from Inlet's server.",
      ],
    };
  }
  if (as === "check") {
    return {
      title: "Something answers there",
      tone: "plain",
      text: [
        "So the target is running, and it is CORS that hides its answer: let it answer with the headers below. It got a HEAD request for this check.",
      ],
    };
  }
  return {
    title: "Sent; the answer is hidden",
    tone: "plain",
    text: ["The target answered. Whether with 200 or 500, the browser does not say."],
  };
}

function obstacles({ mixed, local }: FetchPlan): string[] {
  if (mixed) {
    return [
      "This page came over https, and browsers block http from it except to localhost: use an https URL or localhost.",
    ];
  }
  return local
    ? ["If the browser asked whether Inlet may reach your device or network, it has to be allowed."]
    : [];
}

const said = (message: string) => (message === "" ? [] : [`The browser's own words: ${message}`]);
