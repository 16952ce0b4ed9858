import { useSignal } from "@preact/signals";
import { useMemo } from "preact/hooks";
import common from "locale:common";
import t from "locale:entry";
import { answer, api } from "../api/client";
import type { Refusal } from "../api/problem";
import type { components } from "../api/schema";
import { navigate } from "../router/router";
import { takeLinkToken } from "../router/link-token";
import { type Account, account, loadAccount } from "../session/session";
import { Button } from "../parts/ui/button";
import { useDerivedField } from "../parts/form/derived-field";
import { RequestError } from "../parts/ui/error-notice";
import { Field } from "../parts/form/field";
import { Form, textOf } from "../parts/form/form";
import { useLoaded } from "../parts/data/loaded";
import { handleOf } from "../parts/people/names";
import { NewPassword } from "../parts/form/password-fields";
import { NoToken } from "../parts/ui/no-token";
import { Page } from "../parts/ui/page";
import { SignInForm } from "../parts/form/sign-in-form";
import { HandleField } from "../parts/people/handle-field";

const SIGN_IN_FIRST = "urn:dayline:problem:sign-in-first";

type Preview = components["schemas"]["InvitePreview"];

/** Joining a workspace by an invite's link. */
export function InvitePage() {
  const token = useMemo(takeLinkToken, []);
  if (token === null) {
    return (
      <NoToken title={t.joinWorkspace}>{t.joinNoToken}</NoToken>
    );
  }
  return <Invited token={token} />;
}

function Invited({ token }: { token: string }) {
  const preview = useLoaded(() => answer(api.POST("/api/invites/preview", { body: { token } })));
  const invite = preview.data.value;
  if (!invite) {
    return (
      <Page title={t.joinWorkspace} narrow>
        <RequestError of={preview} />
      </Page>
    );
  }
  return (
    <Page
      title={t.joinNamed({ workspace: invite.workspace })}
      lead={t.invitedAs({ email: invite.email, role: invite.role })}
      narrow
    >
      <JoinOrSignIn invite={invite} token={token} />
    </Page>
  );
}

/**
 * Join with a new account or sign in. The server doesn't tell whether the address has an account.
 */
function JoinOrSignIn({ invite, token }: { invite: Preview; token: string }) {
  const signingIn = useSignal(false);
  const me = account.value;
  if (me?.email === invite.email) return <Join invite={invite} token={token} known={me} />;
  const other = me && <p>{t.signedInAs({ email: me.email })}</p>;
  if (signingIn.value) {
    return (
      <>
        {other}
        <p>{t.signInThenJoin({ email: invite.email })}</p>
        <SignInForm email={invite.email} />
        <Button kind="quiet" onClick={() => (signingIn.value = false)}>
          {t.createAccountInstead}
        </Button>
      </>
    );
  }
  return (
    <>
      {other}
      <Join invite={invite} token={token} hasAccount={() => (signingIn.value = true)} />
      <p class="quiet">
        {t.haveAccount}{" "}
        <Button small kind="quiet" onClick={() => (signingIn.value = true)}>
          {common.signIn}
        </Button>
      </p>
    </>
  );
}

interface JoinProps {
  invite: Preview;
  token: string;
  /** The signed-in account, if it has the invited address. */
  known?: Account;
  /** Called if the address turns out to have an account. */
  hasAccount?: () => void;
}

function Join({ invite, token, known, hasAccount }: JoinProps) {
  const handle = useDerivedField(
    (name) => invite.handle ?? handleOf(name, invite.email),
    known?.name ?? invite.name ?? undefined,
  );
  const send = async (form: FormData) => {
    const person = { name: textOf(form, "name"), password: textOf(form, "password") };
    const body = { token, handle: textOf(form, "handle"), ...(known ? {} : person) };
    const accepted = answer(api.POST("/api/invites/accept", { body }));
    const joined = await accepted.catch((fault: Refusal) => {
      if (fault.problem.type === SIGN_IN_FIRST) hasAccount?.();
      throw fault;
    });
    await loadAccount();
    navigate(`/w/${joined.workspace.slug}`, { replace: true });
  };
  return (
    <Form action={t.join} send={send}>
      {!known && (
        <>
          <Field
            name="email"
            label={common.email}
            type="email"
            autoComplete="username"
            readOnly
            defaultValue={invite.email}
          />
          <Field
            name="name"
            label={t.yourName}
            autoComplete="name"
            required
            maxLength={200}
            defaultValue={invite.name ?? ""}
            onInput={(event) => handle.follow(event.currentTarget.value)}
          />
          <NewPassword name="password" label={common.password} />
        </>
      )}
      <HandleField value={handle.value} onInput={handle.type} />
    </Form>
  );
}
