import { useMemo } from "preact/hooks";
import { answer, api } from "../api/client";
import type { components } from "../api/schema";
import { go } from "../app/router";
import { takeToken } from "../app/secret";
import { account, loadAccount } from "../app/session";
import { useDerived } from "../parts/derived";
import { Failed } from "../parts/failed";
import { Field } from "../parts/field";
import { Form, textOf } from "../parts/form";
import { useLoaded } from "../parts/loaded";
import { handleOf } from "../parts/names";
import { NewPassword } from "../parts/new-password";
import { NoToken } from "../parts/no-token";
import { Page } from "../parts/page";
import { SignInForm } from "../parts/sign-in-form";

type Preview = components["schemas"]["InvitePreview"];

/** Joining a workspace by an invite's link. */
export function InvitePage() {
  const token = useMemo(takeToken, []);
  if (token === null) {
    return (
      <NoToken title="Join a workspace">
        Open the whole link that you were given. It works once, for 14 days.
      </NoToken>
    );
  }
  return <Invited token={token} />;
}

function Invited({ token }: { token: string }) {
  const preview = useLoaded(() => answer(api.POST("/api/invites/preview", { body: { token } })));
  const invite = preview.data.value;
  if (!invite) {
    return (
      <Page title="Join a workspace" narrow>
        <Failed of={preview} />
      </Page>
    );
  }
  return (
    <Page
      title={`Join ${invite.workspace}`}
      lead={`${invite.email} is invited as ${article(invite.role)}.`}
      narrow
    >
      <How invite={invite} token={token} />
    </Page>
  );
}

const article = (role: string) => `${/^[aeiou]/.test(role) ? "an" : "a"} ${role}`;

function How({ invite, token }: { invite: Preview; token: string }) {
  if (!invite.has_account) return <Join invite={invite} token={token} />;
  if (account.value?.email === invite.email) return <Join invite={invite} token={token} />;
  return (
    <>
      <p>
        {account.value
          ? `You are signed in as ${account.value.email}. Sign in with the invited address instead.`
          : "This address has an account: sign in with it, then join."}
      </p>
      <SignInForm email={invite.email} />
    </>
  );
}

function Join({ invite, token }: { invite: Preview; token: string }) {
  const known = invite.has_account ? account.value : null;
  const handle = useDerived(
    (name) => invite.handle ?? handleOf(name, invite.email),
    known?.name ?? invite.name ?? undefined,
  );
  const send = async (form: FormData) => {
    const person = { name: textOf(form, "name"), password: textOf(form, "password") };
    const body = { token, handle: textOf(form, "handle"), ...(known ? {} : person) };
    const joined = await answer(api.POST("/api/invites/accept", { body }));
    await loadAccount();
    go(`/w/${joined.workspace.slug}`, { replace: true });
  };
  return (
    <Form action="Join" send={send}>
      {!known && (
        <>
          <Field
            name="email"
            label="E-mail"
            type="email"
            autoComplete="username"
            readOnly
            defaultValue={invite.email}
          />
          <Field
            name="name"
            label="Your name"
            autoComplete="name"
            required
            maxLength={200}
            defaultValue={invite.name ?? ""}
            onInput={(event) => handle.follow(event.currentTarget.value)}
          />
          <NewPassword name="password" label="Password" />
        </>
      )}
      <Field
        name="handle"
        label="Your handle"
        autoComplete="off"
        autoCapitalize="none"
        spellcheck={false}
        required
        maxLength={40}
        value={handle.value}
        onInput={(event) => handle.type(event.currentTarget.value)}
        hint="Others mention you by it, as in @olena."
      />
    </Form>
  );
}
