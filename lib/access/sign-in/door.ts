import type { IncomingMessage, ServerResponse } from "node:http";
import { AppError, isAppError } from "../../errors.ts";
import type { Access } from "../access.ts";
import { ADMISSION_HEADER, writeAdmission } from "../admission.ts";
import { isFromOwnPage } from "../own-page.ts";
import { redirect, sendProblem } from "./answers.ts";
import { nextPath } from "./next-path.ts";
import { isOpenPath, pathOf } from "./open-paths.ts";
import { type Action, type Present, type ShowPage, type Way, writeShown } from "./way.ts";

export type Door = {
  /**
   * Answers who may not go on, and what is about signing in and out. `proceed` is called for
   * everything else, with a status where the page that follows has to have that one.
   */
  enter(req: IncomingMessage, res: ServerResponse, proceed: (status?: number) => void): void;
  /** For what decides by itself, such as the socket: only notes on the request who is there. */
  note(req: IncomingMessage, proceed: () => void): void;
};

/** Of an instance that is open to everybody. */
export const openDoor: Door = {
  enter(req, _res, proceed) {
    delete req.headers[ADMISSION_HEADER];
    proceed();
  },
  note(req, proceed) {
    delete req.headers[ADMISSION_HEADER];
    proceed();
  },
};

export type ClosedDoorOptions = {
  way: Way;
  /** Of the workspaces: what tokens and cookies open. */
  access: Pick<Access, "identify" | "isOwnOrigin">;
  /** The workspace of a person; `held` looks up what their browser's cookie opens. */
  workspaceOf(person: string, held: () => Promise<string | null>): Promise<string>;
  /** Next's own paths are open, so that pages can be developed. */
  isDevelopment: boolean;
  signInUrl: string;
  onSignedOut(sessionId: string): void;
  onError(error: unknown): void;
};

/** The one place that decides who comes in. What it does not know to be open is closed. */
export function closedDoor(options: ClosedDoorOptions): Door {
  const { way, access } = options;

  async function admit(req: IncomingMessage, present: Present): Promise<void> {
    let workspaceId: string | null = null;
    if (present.person !== null) {
      workspaceId = await options.workspaceOf(present.person, async () => {
        const cookie = req.headers.cookie ?? null;
        const holder = await access.identify({ authorization: null, cookie });
        return holder?.workspaceId ?? null;
      });
    }
    const { name, sessionId } = present;
    req.headers[ADMISSION_HEADER] = writeAdmission({ name, workspaceId, sessionId });
  }

  async function findAndAdmit(req: IncomingMessage): Promise<Present | null> {
    const present = await way.find(req);
    if (present) await admit(req, present);
    return present;
  }

  const signOut: Action = async (req, res) => {
    const present = await way.find(req);
    const ended = present?.sessionId && way.end ? await way.end(present.sessionId) : null;
    if (ended && present?.sessionId) {
      res.setHeader("Set-Cookie", ended.setCookie);
      options.onSignedOut(present.sessionId);
    }
    redirect(res, `/sign-in${writeShown({ next: "/", isStillKnown: ended?.isStillKnown })}`);
  };
  const actions: Record<string, Action> = { ...way.actions, "POST /sign-out": signOut };

  /** Whether the request carries a token that opens a workspace: somebody who was let in made it. */
  async function hasToken({ headers }: IncomingMessage, path: string): Promise<boolean> {
    const authorization = headers.authorization ?? null;
    if (authorization === null || !path.startsWith("/api/")) return false;
    return (await access.identify({ authorization, cookie: null })) !== null;
  }

  function refuse(req: IncomingMessage, res: ServerResponse, path: string): void {
    const isPage = (req.method === "GET" || req.method === "HEAD") && !path.startsWith("/api/");
    if (isPage) return redirect(res, `/sign-in${writeShown({ next: nextPath(req.url) })}`);
    sendProblem(
      res,
      "unauthorized",
      `You are not signed in, and this instance is closed. Sign in at ${options.signInUrl}, or send Authorization: Bearer <token> with the token of a workspace.`,
    );
  }

  async function decide(
    req: IncomingMessage,
    res: ServerResponse,
    proceed: (status?: number) => void,
  ): Promise<void> {
    const path = pathOf(req.url);
    const action = actions[`${req.method} ${path}`];
    if (action) {
      if (req.method !== "GET") checkOrigin(req);
      const showPage: ShowPage = (shown, status) => {
        req.method = "GET";
        req.url = `/sign-in${writeShown(shown)}`;
        // The page that follows has no body to read.
        for (const name of ["content-length", "content-type", "transfer-encoding"]) {
          delete req.headers[name];
        }
        proceed(status);
      };
      return action(req, res, showPage);
    }
    const isOpen = isOpenPath(path, options.isDevelopment);
    if (isOpen && path !== "/sign-in") return proceed();
    const present = await findAndAdmit(req);
    if (isOpen && present) {
      const query = new URLSearchParams(req.url?.split("?")[1]);
      return redirect(res, nextPath(query.get("next")));
    }
    if (isOpen || present || (await hasToken(req, path))) return proceed();
    refuse(req, res, path);
  }

  function checkOrigin({ headers }: IncomingMessage): void {
    const site = headers["sec-fetch-site"];
    const page = { origin: headers.origin, host: headers.host, site: site as string | undefined };
    if (isFromOwnPage(page, access.isOwnOrigin)) return;
    throw new AppError(
      "forbidden_origin",
      `Pages of another origin cannot sign this browser in or out. Open ${options.signInUrl}.`,
    );
  }

  return {
    enter(req, res, proceed) {
      delete req.headers[ADMISSION_HEADER];
      decide(req, res, proceed).catch((error) => {
        if (!isAppError(error)) options.onError(error);
        const known = isAppError(error)
          ? error
          : new AppError("internal", "This is our mistake. Try again.");
        if (!res.headersSent) sendProblem(res, known.code, known.message);
        else res.destroy();
      });
    },
    note(req, proceed) {
      delete req.headers[ADMISSION_HEADER];
      findAndAdmit(req).then(proceed, (error) => {
        if (!isAppError(error)) options.onError(error);
        // As nobody: what follows refuses that.
        proceed();
      });
    },
  };
}
