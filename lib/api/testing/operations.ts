import { z } from "zod";
import { createdShareSchema } from "#lib/contract/share.ts";
import { createdTokenSchema } from "#lib/contract/token.ts";
import type { Owner, startApi } from "../testing.ts";

type Api = Awaited<ReturnType<typeof startApi>>;

const schemaSchema = z.object({
  $ref: z.string().optional(),
  properties: z.record(z.string(), z.unknown()).default({}),
});
const documentSchema = z.object({
  paths: z.record(
    z.string(),
    z.record(
      z.string(),
      z.object({
        operationId: z.string(),
        parameters: z.array(z.object({ in: z.string(), name: z.string() })).default([]),
        requestBody: z
          .object({ content: z.record(z.string(), z.object({ schema: schemaSchema })) })
          .optional(),
      }),
    ),
  ),
  components: z.object({ schemas: z.record(z.string(), schemaSchema.catch({ properties: {} })) }),
});

export type Operation = {
  operationId: string;
  method: string;
  /** With `{parameters}`. */
  path: string;
  /** The names of what may stand in its query, and at the top of its body; null without a body. */
  query: string[];
  properties: string[] | null;
};

/** Every call of the OpenAPI document. */
export async function operationsOf({ call }: Api): Promise<Operation[]> {
  const document = await (await call("GET", "/openapi.json")).json();
  const { paths, components } = documentSchema.parse(document);
  return Object.entries(paths).flatMap(([path, methods]) =>
    Object.entries(methods).map(([method, { operationId, parameters, requestBody }]) => {
      const schema = requestBody?.content["application/json"]?.schema;
      const name = schema?.$ref?.split("/").at(-1);
      const { properties } = (name ? components.schemas[name] : schema) ?? { properties: {} };
      return {
        operationId,
        method: method.toUpperCase(),
        path,
        query: parameters.filter((one) => one.in === "query").map((one) => one.name),
        properties: requestBody ? Object.keys(properties) : null,
      };
    }),
  );
}

/** Ids that nothing has, and ids that nothing can have. */
export const NO_IDS = [
  {
    binId: "k3v9q0w2m4x7z1a8b5c6",
    id: "01939c2e-6a1b-7c3d-8e4f-5a6b7c8d9e0f",
    shareId: "k3v9q0w2m4x7z1a8b5c6",
    secret: "AAAAAAAAAAAAAAAAAAAAAAAA",
    deliveryId: "01939c2e-6a1b-7c3d-8e4f-5a6b7c8d9e0f",
    tokenId: "AAAAAAAAAAAAAAAAAAAAA",
    deviceLinkId: "AAAAAAAAAAAAAAAAAAAAA",
    browserId: "AAAAAAAAAAAAAAAAAAAAA",
    ruleId: "k3v9q0w2m4x7z1a8b5c6",
    forwardId: "01939c2e-6a1b-7c3d-8e4f-5a6b7c8d9e0f",
    bulkId: "01939c2e-6a1b-7c3d-8e4f-5a6b7c8d9e0f",
  },
  {
    binId: "no-bin",
    id: "no-capture",
    shareId: "no-share",
    secret: "no-secret",
    deliveryId: "no-delivery",
    tokenId: "no-token",
    deviceLinkId: "no-link",
    browserId: "no-browser",
    ruleId: "no-rule",
    forwardId: "no-forward",
    bulkId: "no-bulk-resend",
  },
  {
    binId: "%00",
    id: "%2e%2e%2f",
    shareId: "%00",
    secret: "%00",
    deliveryId: "%00",
    tokenId: "%00",
    deviceLinkId: "%00",
    browserId: "%00",
    ruleId: "%00",
    forwardId: "%00",
    bulkId: "%00",
  },
];
export type Ids = (typeof NO_IDS)[number];

/** Valid input for the calls that ask for some. */
export function inputOf({ origin }: Api, operationId: string): object {
  const inputs: Record<string, object> = {
    starCaptures: { ids: [NO_IDS[0]!.id], starred: true },
    deleteCaptures: { all: true },
    restoreCaptures: { undo: "nothing" },
    resendCapture: { url: `${origin}/healthz` },
    createToken: { label: "deploy", scope: "read" },
    createForwardRule: { url: `${origin}/nothing`, enabled: false },
    resendShared: { url: `${origin}/healthz` },
    createBulkResend: { url: `${origin}/healthz`, captures: { all: true } },
  };
  return inputs[operationId] ?? {};
}

/** The query, `?` included, of the calls that need one. */
const QUERY: Record<string, string> = {
  exportCapture: "?format=curl",
  exportShared: "?format=curl",
  exportBin: "?format=har",
};

/** The path of a call, with the ids that it asks for. */
export function targetOf({ path, operationId }: Operation, ids: Ids): string {
  const things: [prefix: string, id: string][] = [
    ["/shares/", ids.shareId],
    ["/deliveries/", ids.deliveryId],
    ["/bulk-resends/", ids.bulkId],
    ["/rules/", ids.ruleId],
    ["/forwards/", ids.forwardId],
    ["/workspace/tokens/", ids.tokenId],
    ["/workspace/browsers/", ids.browserId],
    ["/workspace/device-links/", ids.deviceLinkId],
  ];
  const id = things.find(([prefix]) => path.startsWith(prefix))?.[1] ?? ids.id;
  const target = path
    .replace("{binId}", ids.binId)
    .replace("{id}", id)
    .replace("{secret}", ids.secret);
  if (/[{}]/.test(target)) throw new Error(`targetOf does not know every parameter of ${path}`);
  return target + (QUERY[operationId] ?? "");
}

export async function makeLink(
  { call }: Api,
  { bearer }: Owner,
  path: string,
  input: object = {},
): Promise<{ id: string; secret: string }> {
  const json = { allow: { resend: true }, ...input };
  const response = await call("POST", `${path}/shares`, { headers: bearer, json });
  const { id, url } = createdShareSchema.parse(await response.json());
  return { id, secret: new URL(url).pathname.slice("/s/".length) };
}

export async function makeToken({ call }: Api, { bearer }: Owner, json: object): Promise<string> {
  const response = await call("POST", "/workspace/tokens", { headers: bearer, json });
  return createdTokenSchema.parse(await response.json()).token;
}

/** One of everything that has an id, besides the bin, one of its captures and a link. */
export async function makeThings(
  api: Api,
  owner: Owner,
  made: Pick<Ids, "id" | "shareId"> & Partial<Ids>,
): Promise<Ids> {
  const post = async (path: string, json?: object) => {
    const response = await api.call("POST", path, { headers: owner.bearer, json });
    return ((await response.json()) as { id: string }).id;
  };
  const first = async (path: string, name: string) => {
    const answer = await api.call("GET", path, { headers: owner.bearer });
    return ((await answer.json()) as Record<string, { id: string }[]>)[name]![0]!.id;
  };
  const bin = `/bins/${owner.binId}`;
  await makeToken(api, owner, { label: "spare", scope: "read" });
  return {
    ...NO_IDS[0]!,
    deliveryId: await post(`/captures/${made.id}/resend`, inputOf(api, "resendCapture")),
    bulkId: await post(`${bin}/bulk-resends`, inputOf(api, "createBulkResend")),
    ruleId: await post(`${bin}/rules`, { url: `${api.origin}/nothing` }),
    deviceLinkId: await post("/workspace/device-links"),
    tokenId: await first("/workspace/tokens", "tokens"),
    browserId: await first("/workspace/browsers", "browsers"),
    binId: owner.binId,
    ...made,
  };
}
