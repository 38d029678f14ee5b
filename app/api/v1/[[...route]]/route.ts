import { createApi } from "#lib/api/app.ts";
import { getRuntime } from "#lib/runtime.ts";

export const runtime = "nodejs";
export const dynamic = "force-dynamic";

const api = createApi(getRuntime);

export {
  api as GET,
  api as POST,
  api as PUT,
  api as PATCH,
  api as DELETE,
  api as HEAD,
  api as OPTIONS,
};
