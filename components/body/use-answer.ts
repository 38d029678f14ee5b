"use client";

import { useEffect, useState } from "react";
import type { BodyAnswers } from "#components/body/body-document.ts";
import type { BodyMethod } from "#components/body/body-messages.ts";
import type { Answer, OpenedBody } from "#components/body/open-body.ts";

type Answered<Method extends BodyMethod> = {
  /** Undefined until it is there; the one before while the next is on its way. */
  value: Answer<Method> | undefined;
  error: unknown;
};

/** What a body answers, at once or later. */
export function useAnswer<Method extends BodyMethod>(
  body: OpenedBody,
  method: Method,
  ...args: Parameters<BodyAnswers[Method]>
): Answered<Method> {
  // The same question gives the same answer or promise.
  const answer = body.ask(method, ...args);
  const [settled, setSettled] = useState<Answered<Method>>({ value: undefined, error: null });

  useEffect(() => {
    if (!(answer instanceof Promise)) return;
    let isCurrent = true;
    answer.then(
      (value) => isCurrent && setSettled({ value, error: null }),
      (error) => isCurrent && setSettled({ value: undefined, error }),
    );
    return () => {
      isCurrent = false;
    };
  }, [answer]);

  return answer instanceof Promise ? settled : { value: answer, error: null };
}
