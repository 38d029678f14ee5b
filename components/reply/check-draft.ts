import "#components/reply/zod-without-eval.ts";

import {
  type DraftErrors,
  type ReplyDraft,
  toDraftErrors,
  toReplyInput,
} from "#components/reply/reply-draft.ts";
import { issueMessage } from "#lib/contract/issue-message.ts";
import type { InvalidField } from "#lib/contract/problem.ts";
import { originWideHeaders, type Reply, replySchema } from "#lib/contract/reply.ts";

type Checked = { reply: Reply; errors: null } | { reply: null; errors: DraftErrors };

/**
 * The same rules as the API's.
 * @param sharesOrigin the bin is served on the dashboard's origin
 */
export function checkDraft(draft: ReplyDraft, sharesOrigin: boolean): Checked {
  const input = toReplyInput(draft);
  const result = replySchema.safeParse(input, { error: issueMessage });
  const fields: InvalidField[] = result.success
    ? []
    : result.error.issues.map(({ path, message }) => ({ field: path.join("."), message }));
  if (sharesOrigin) fields.push(...originWideHeaders(input));
  if (result.success && fields.length === 0) return { reply: result.data, errors: null };
  return { reply: null, errors: toDraftErrors(draft, fields) };
}
