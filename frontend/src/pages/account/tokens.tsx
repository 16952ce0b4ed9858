import { useSignal } from "@preact/signals";
import { answer, api } from "../../api/client";
import type { components } from "../../api/schema";
import type { Membership } from "../../session/session";
import { announce } from "../../parts/ui/announce";
import { Dialog } from "../../parts/ui/dialog";
import { RequestError } from "../../parts/ui/error-notice";
import { Field } from "../../parts/form/field";
import { Form, textOf } from "../../parts/form/form";
import { fromNow } from "../../parts/time/relative-time";
import { useLoaded } from "../../parts/data/loaded";
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
  const tokens = useLoaded(() => answer(api.GET(LIST, { params: { path } })), [workspace.slug]);
  const making = useSignal(false);
  const revoking = useSignal<Token | null>(null);
  const now = Date.now();
  const good = tokens.data.value?.filter((t) => !t.revoked_at && Date.parse(t.expires_at) > now);
  const revoke = async (token: Token) => {
    await answer(api.DELETE(ONE, { params: { path: { ...path, token_id: token.id } } }));
    revoking.value = null;
    announce("Token revoked");
    await tokens.reload();
  };
  return (
    <Panel
      title={`Tokens in ${workspace.name}`}
      aside={
        <button class="button" type="button" onClick={() => (making.value = true)}>
          New token
        </button>
      }
    >
      <RequestError of={tokens} />
      {good?.length === 0 && (
        <p class="empty">No tokens. A program that calls the API needs one.</p>
      )}
      <ul class="rows">
        {good?.map((token) => (
          <TokenRow key={token.id} token={token} revoke={() => (revoking.value = token)} />
        ))}
      </ul>
      {making.value && (
        <Dialog title={`New token in ${workspace.name}`} close={() => (making.value = false)}>
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
  const used = token.last_used_at ? `last used ${fromNow(token.last_used_at)}` : "never used";
  return (
    <li>
      <span class="main">
        {token.name} <code class="quiet">…{token.hint}</code>
      </span>
      <span class="chip">{token.scopes.at(-1)}</span>
      <span class="quiet">
        {used}, ends {fromNow(token.expires_at)}
      </span>
      <button
        class="button small"
        type="button"
        aria-label={`Revoke ${token.name}`}
        onClick={revoke}
      >
        Revoke
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
    <Dialog title={`Revoke ${token.name}?`} close={close}>
      <Form action="Revoke" send={() => revoke(token)}>
        <p>Programs that use it stop working at once. This cannot be undone.</p>
      </Form>
    </Dialog>
  );
}

const SCOPES: [Scope, string][] = [
  ["read", "Read"],
  ["write", "Read and write"],
  ["admin", "All that an admin may"],
];

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
        label="The token"
        value={secret.value}
        note="It is shown this one time. Keep it like a password."
      />
    );
  }
  return (
    <Form action="Create token" send={send}>
      <Field
        name="name"
        label="What it is for"
        autoComplete="off"
        required
        maxLength={200}
        hint="Such as the program’s name."
      />
      <Select name="scopes" label="It may">
        {SCOPES.filter(([scope]) => scope !== "admin" || admin).map(([scope, words]) => (
          <option key={scope} value={scope}>
            {words}
          </option>
        ))}
      </Select>
      <Select name="expires_in_days" label="It ends after">
        {DAYS.map((days) => (
          <option key={days} value={days}>
            {days} days
          </option>
        ))}
      </Select>
    </Form>
  );
}
