import type { IncomingMessage } from "node:http";
import { readForm, redirect } from "./answers.ts";
import { showTooMany, type TakeAttempt } from "./attempts.ts";
import { nextPath } from "./next-path.ts";
import type { PasswordLock } from "./password-lock.ts";
import type { Sessions } from "./sessions.ts";
import type { Way } from "./way.ts";

export type PasswordWayOptions = {
  lock: Pick<PasswordLock, "opens">;
  sessions: Sessions;
  takeAttempt: TakeAttempt;
  addressOf(req: IncomingMessage): string | null;
};

/** Everybody knows one password, and is nobody in particular: whose bins are whose, cookies say. */
export function passwordWay(options: PasswordWayOptions): Way {
  const { lock, sessions, takeAttempt, addressOf } = options;
  return {
    shown: { kind: "password" },
    async find({ headers }) {
      const session = await sessions.find(headers.cookie);
      return session && { person: null, name: null, sessionId: session.id };
    },
    async end(sessionId) {
      await sessions.end(sessionId);
      return { setCookie: sessions.forget };
    },
    actions: {
      async "POST /sign-in"(req, res, showPage) {
        const form = await readForm(req);
        const next = nextPath(form.get("next"));
        const tooMany = await takeAttempt(addressOf(req));
        if (tooMany) return showTooMany(res, tooMany, next, showPage);
        if (!(await lock.opens(form.get("password") ?? ""))) {
          return showPage({ next, fault: "wrong_password" }, 401);
        }
        res.setHeader("Set-Cookie", await sessions.start({ key: null, name: null }));
        redirect(res, next);
      },
    },
  };
}
