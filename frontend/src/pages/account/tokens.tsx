import t from "locale:account";
import common from "locale:common";
import { useSignal } from "@preact/signals";
import { answer, api } from "../../api/client";
import { pageOf } from "../../api/pages";
import type { components } from "../../api/schema";
import type { Membership } from "../../session/session";
import { announce } from "../../parts/ui/announce";
import { Dialog } from "../../parts/ui/dialog";
import { RequestError } from "../../parts/ui/error-notice";
import { Field } from "../../parts/form/field";
import { Form, textOf } from "../../parts/form/form";
import { fromNow } from "../../parts/time/relative-time";
import { usePaged } from "../../parts/data/paged";
import { ShowMore } from "../../parts/data/show-more";
import { Panel } from "../../parts/ui/panel";
import { Select } from "../../parts/form/select";
import { OneTimeSecret } from "../../parts/ui/one-time-secret";
import { isAdmin } from "../../live/documents";

type Token = components["schemas"]["TokenOut"];
type Scope = Token["scopes"][number];

const LIST = "/api/workspaces/{workspace}/tokens";
const ONE = "/api/workspaces/{workspace}/tokens/{token_id}";

/** My tokens in one workspace: made, shown once, revoked. */
export function Tokens({ workspace }: { workspace: Membership }) {
  const path = { workspace: workspace.slug };
  const tokens = usePaged(
    (cursor) => pageOf(api.GET(LIST, { params: { path, query: cursor ? { cursor } : {} } })),
    [workspace.slug],
  );
  const making = useSignal(false);
  const revoking = useSignal<Token | null>(null);
  const now = Date.now();
  const good = tokens.data.value?.items.filter(
    (token) => !token.revoked_at && Date.parse(token.expires_at) > now,
  );
  const revoke = async (token: Token) => {
    await answer(api.DELETE(ONE, { params: { path: { ...path, token_id: token.id } } }));
    revoking.value = null;
    announce(t.tokenRevoked);
    await tokens.reload();
  };
  return (
    <Panel
      title={t.tokensIn({ workspace: workspace.name })}
      aside={
        <button class="button" type="button" onClick={() => (making.value = true)}>
          {t.newToken}
        </button>
      }
    >
      <RequestError of={tokens} />
      {good?.length === 0 && <p class="empty">{t.noTokens}</p>}
      <ul class="rows">
        {good?.map((token) => (
          <TokenRow key={token.id} token={token} revoke={() => (revoking.value = token)} />
        ))}
      </ul>
      <ShowMore of={tokens} />
      {making.value && (
        <Dialog title={t.newTokenIn({ workspace: workspace.name })} close={() => (making.value = false)}>
          <TokenForm workspace={workspace} made={tokens.reload} />
        </Dialog>
      )}
      {revoking.value && (
        <Revocation
          token={revoking.value}
          revoke={revoke}
          close={() => (revoking.value = null)}
        />
      )}
    </Panel>
  );
}

function TokenRow({ token, revoke }: { token: Token; revoke: () => void }) {
  const expires = fromNow(token.expires_at);
  return (
    <li>
      <span class="main">
        {token.name} <code class="quiet">…{token.hint}</code>
      </span>
      <span class="chip">{t.tokenScope({ scope: token.scopes.at(-1) ?? "" })}</span>
      <span class="quiet">
        {token.last_used_at
          ? t.tokenUsed({ used: fromNow(token.last_used_at), expires })
          : t.tokenNeverUsed({ expires })}
      </span>
      <button
        class="button small"
        type="button"
        aria-label={t.revokeToken({ name: token.name })}
        onClick={revoke}
      >
        {common.revoke}
      </button>
    </li>
  );
}

interface RevocationProps {
  token: Token;
  revoke: (token: Token) => Promise<void>;
  close: () => void;
}

function Revocation({ token, revoke, close }: RevocationProps) {
  return (
    <Dialog title={t.confirmRevokeToken({ name: token.name })} close={close}>
      <Form action={common.revoke} send={() => revoke(token)}>
        <p>{t.revokeTokenMeans}</p>
      </Form>
    </Dialog>
  );
}

const SCOPES: Scope[] = ["read", "write", "admin"];

const DAYS = [30, 90, 365];

function TokenForm({ workspace, made }: { workspace: Membership; made: () => Promise<void> }) {
  const secret = useSignal<string | null>(null);
  const admin = isAdmin(workspace.role);
  const send = async (form: FormData) => {
    const body = {
      name: textOf(form, "name"),
      scopes: [textOf(form, "scopes") as Scope],
      expires_in_days: Number(textOf(form, "expires_in_days")),
    };
    const params = { path: { workspace: workspace.slug } };
    secret.value = (await answer(api.POST(LIST, { params, body }))).secret;
    await made();
  };
  if (secret.value) {
    return (
      <OneTimeSecret
        label={t.token}
        value={secret.value}
        note={t.tokenShownOnce}
      />
    );
  }
  return (
    <Form action={t.createToken} send={send}>
      <Field
        name="name"
        label={t.tokenName}
        autoComplete="off"
        required
        maxLength={200}
        hint={t.tokenNameHint}
      />
      <Select name="scopes" label={t.scope}>
        {SCOPES.filter((scope) => scope !== "admin" || admin).map((scope) => (
          <option key={scope} value={scope}>
            {t.tokenScope({ scope })}
          </option>
        ))}
      </Select>
      <Select name="expires_in_days" label={t.expiresAfter}>
        {DAYS.map((days) => (
          <option key={days} value={days}>
            {t.days({ count: days })}
          </option>
        ))}
      </Select>
    </Form>
  );
}
