import {
  deliveriesQuerySchema,
  deliveriesSchema,
  deliverySchema,
  resendSchema,
} from "#lib/contract/delivery.ts";
import type { DeliveryBody } from "#lib/runtime.ts";
import { aCapture, aDelivery, defineRoute } from "./route.ts";
import { download, json } from "./success.ts";

const resendCapture = defineRoute({
  method: "post",
  path: "/captures/{id}/resend",
  operationId: "resendCapture",
  summary: "Send a capture to a URL again",
  description:
    "As it came, with what is given here in place of the capture's. Answers when the target has: " +
    "whatever came of it is a delivery, and only what cannot be sent at all is an error. Only " +
    "hop-by-hop headers, Host and Content-Length are the new connection's own; " +
    "`request.notCarried` lists them.",
  access: "optional",
  names: aCapture,
  body: resendSchema,
  success: json(201, "What was sent and what came back", deliverySchema),
  handler: ({ runtime, visitor, params, body }) => runtime.resends.resend(visitor, params.id, body),
});

const listDeliveries = defineRoute({
  method: "get",
  path: "/captures/{id}/deliveries",
  operationId: "listDeliveries",
  summary: "List where a capture was sent and what came of it",
  description:
    "Newest first. `response.text` is there up to 64 KiB; one delivery alone has it up to 1 MiB. " +
    "The newest 100 of a capture are kept.",
  access: "optional",
  names: aCapture,
  query: deliveriesQuerySchema,
  success: json(200, "The deliveries", deliveriesSchema),
  handler: ({ runtime, visitor, params, query }) => runtime.resends.list(visitor, params.id, query),
});

const getDelivery = defineRoute({
  method: "get",
  path: "/deliveries/{id}",
  operationId: "getDelivery",
  summary: "Get a delivery with the response's headers, and its body where that is text",
  access: "optional",
  names: aDelivery,
  success: json(200, "The delivery", deliverySchema),
  handler: ({ runtime, visitor, params }) => runtime.resends.get(visitor, params.id),
});

const getDeliveryBody = defineRoute({
  method: "get",
  path: "/deliveries/{id}/body",
  operationId: "getDeliveryBody",
  summary: "Download the body of a delivery's response, byte for byte",
  description: "Up to 1 MiB of it, as it came over the wire: a Content-Encoding is not undone.",
  access: "optional",
  names: aDelivery,
  success: download(
    "The exact bytes",
    ({ delivery }: DeliveryBody) => `response-${delivery.attempt}.bin`,
  ),
  handler: ({ runtime, visitor, params }) => runtime.resends.body(visitor, params.id),
});

export const deliveryRoutes = [resendCapture, listDeliveries, getDelivery, getDeliveryBody];
