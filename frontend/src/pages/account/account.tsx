import t from "locale:account";
import common from "locale:common";
import { useSignal } from "@preact/signals";
import { answer, api, ifMatch } from "../../api/client";
import { account, type Account } from "../../session/session";
import { setTheme, theme, type Theme } from "../../session/theme";
import { announce } from "../../parts/ui/announce";
import { EditPanel } from "../../parts/form/edit-form";
import { RequestError } from "../../parts/ui/error-notice";
import { Field } from "../../parts/form/field";
import { Form, textOf } from "../../parts/form/form";
import { LanguageSelect } from "../../parts/form/language-select";
import { useLoaded } from "../../parts/data/loaded";
import { CurrentPassword, NewPassword } from "../../parts/form/password-fields";
import { NewWorkspaceLink } from "../../parts/ui/new-workspace-link";
import { Page } from "../../parts/ui/page";
import { Panel } from "../../parts/ui/panel";
import { SecurityEvents } from "./security-events";
import { Sessions } from "./sessions";
import { Tokens } from "./tokens";

/** What is mine alone: name, password, look, sessions, and my tokens in each workspace. */
export function AccountPage() {
  const workspaces = useLoaded(() => answer(api.GET("/api/workspaces")));
  const me = account.value;
  if (!me) return null;
  return (
    <Page
      title={t.yourAccount}
      lead={me.email}
      aside={me.founder_at && <NewWorkspaceLink />}
    >
      <Name me={me} />
      <LanguageChoice me={me} />
      <Password />
      <ThemeChoice />
      <Sessions />
      <SecurityEvents />
      <RequestError of={workspaces} />
      {workspaces.data.value?.map((workspace) => (
        <Tokens key={workspace.workspace_id} workspace={workspace} />
      ))}
    </Page>
  );
}

/** The name of my account. */
export function Name({ me }: { me: Account }) {
  return (
    <EditPanel<Account>
      title={t.name}
      of={me}
      action={t.saveName}
      fieldsIn={(form) => ({ name: textOf(form, "name") })}
      read={() => answer(api.GET("/api/account"))}
      send={(rev, body) => {
        const params = { header: ifMatch(rev) };
        return answer(api.PATCH("/api/account", { params, body: body as { name: string } }));
      }}
      saved={(saved) => {
        account.value = saved;
        announce(t.nameSaved);
      }}
    >
      {({ name }) => (
        <Field
          name="name"
          label={t.yourName}
          autoComplete="name"
          required
          maxLength={200}
          defaultValue={name}
          hint={t.nameHint}
        />
      )}
    </EditPanel>
  );
}

/** The language of the app on all my devices. */
export function LanguageChoice({ me }: { me: Account }) {
  return (
    <EditPanel<Account>
      title={common.language}
      of={me}
      action={t.saveLanguage}
      fieldsIn={(form) => ({ language: textOf(form, "language") || null })}
      read={() => answer(api.GET("/api/account"))}
      send={(rev, body) =>
        answer(api.PATCH("/api/account", { params: { header: ifMatch(rev) }, body }))
      }
      saved={(saved) => {
        account.value = saved;
      }}
    >
      {({ language }) => (
        <LanguageSelect
          name="language"
          value={language}
          none={t.languageOfBrowser}
          hint={t.languageHint}
        />
      )}
    </EditPanel>
  );
}

type Ending = "end_sessions" | "revoke_tokens" | "revoke_calendar_links";

const ENDINGS: [name: Ending, words: () => string][] = [
  ["end_sessions", () => t.endOtherSessions],
  ["revoke_tokens", () => t.revokeTokens],
  ["revoke_calendar_links", () => t.revokeCalendarLinks],
];

/** A new password, and what else ends with the old one. */
export function Password() {
  const changes = useSignal(0);
  const send = async (form: FormData) => {
    const endings = ENDINGS.map(([name]) => [name, form.has(name)] as const);
    const body = {
      current_password: textOf(form, "current_password"),
      new_password: textOf(form, "new_password"),
      ...(Object.fromEntries(endings) as Record<Ending, boolean>),
    };
    await answer(api.PUT("/api/account/password", { body }));
    changes.value += 1;
    announce(t.passwordChanged);
  };
  return (
    <Panel title={common.password}>
      <div class="panel-body">
        <Form
          key={changes.value}
          action={t.changePassword}
          send={send}
          aside={changes.value > 0 && <span class="quiet">{t.passwordChanged}</span>}
        >
          <CurrentPassword name="current_password" label={t.currentPassword} />
          <NewPassword name="new_password" label={t.newPassword} />
          <fieldset class="choices">
            <legend>{t.passwordMayBeKnown}</legend>
            {ENDINGS.map(([name, words]) => (
              <label key={name} class="choice">
                <input type="checkbox" name={name} defaultChecked={name === "end_sessions"} />
                {words()}
              </label>
            ))}
          </fieldset>
        </Form>
      </div>
    </Panel>
  );
}

const THEMES: Theme[] = ["system", "light", "dark"];

/** Light, dark, or as the device says; kept in this browser. */
export function ThemeChoice() {
  return (
    <Panel title={t.theme}>
      <fieldset class="choices panel-body">
        <legend class="unseen">{t.theme}</legend>
        {THEMES.map((look) => (
          <label key={look} class="choice">
            <input
              type="radio"
              name="look"
              checked={theme.value === look}
              onChange={() => setTheme(look)}
            />
            {t.themeChoice({ theme: look })}
          </label>
        ))}
      </fieldset>
    </Panel>
  );
}
