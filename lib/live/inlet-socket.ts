import type { Server, Socket } from "socket.io";
import type { ClientToServerEvents, ServerToClientEvents } from "../contract/events.ts";
import type { SharedLink } from "./shared-bins.ts";

export type Shared<Link> = { link: Link; secret: string };

/** Who holds a link is nobody else, whatever else the browser sends along. */
type Data<Visitor, Link> = { visitor: Visitor | null; shared: Shared<Link> | null };

export type InletServer<Visitor, Link extends SharedLink> = Server<
  ClientToServerEvents,
  ServerToClientEvents,
  Record<string, never>,
  Data<Visitor, Link>
>;

export type InletSocket<Visitor, Link extends SharedLink> = Socket<
  ClientToServerEvents,
  ServerToClientEvents,
  Record<string, never>,
  Data<Visitor, Link>
>;
