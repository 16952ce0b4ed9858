import { useSignal } from "@preact/signals";
import { Bookmark, BookmarkPlus, Save, Trash2 } from "lucide";
import { answer, api, ifMatch } from "../../api/client";
import { navigate, path, query } from "../../router/router";
import type { View } from "../../live/documents";
import type { WorkspaceHere } from "../../live/workspace";
import { Dialog } from "../../parts/ui/dialog";
import { useAction } from "../../parts/ui/action";
import { RequestError } from "../../parts/ui/error-notice";
import { Field } from "../../parts/form/field";
import { Form, textOf } from "../../parts/form/form";
import { Icon } from "../../parts/ui/icon";
import { Menu, type MenuItem } from "../../parts/ui/menu";
import { toast } from "../../parts/ui/toast";
import { filterOf, queryOf, type Shown, shownByView } from "./filter";

const LIST = "/api/workspaces/{workspace}/views";
const ONE = "/api/workspaces/{workspace}/views/{view_id}";

interface Props {
  here: WorkspaceHere;
  shown: Shown;
}

/** Boards under a name: mine, and those that the team shares. */
export function Views({ here, shown }: Props) {
  const isNaming = useSignal(false);
  const action = useAction();
  const views = [...here.live.list("views").value.values()];
  views.sort((a, b) => a.name.localeCompare(b.name));
  const chosen = views.find(({ id }) => id === query.value.get("view"));
  const me = here.live.board.peek()?.me.member_id;
  const isMine = chosen?.owner_id === me;
  const isChanged = chosen && String(queryOf(shownByView(chosen))) !== String(queryOf(shown));

  const items: (MenuItem | "line")[] = [
    { name: "All work", checked: !chosen, run: () => navigate(path.peek()) },
    ...views.map((view) => ({
      name: view.shared ? `${view.name} (team)` : view.name,
      checked: view === chosen,
      run: () => navigate(`${path.peek()}?${withView(queryOf(shownByView(view)), view.id)}`),
    })),
    "line",
    { name: "Save as a view…", icon: BookmarkPlus, run: () => (isNaming.value = true) },
  ];
  if (chosen && isMine && isChanged) {
    const run = () => action.run(() => update(here, chosen, shown));
    items.push({ name: `Update “${chosen.name}”`, icon: Save, run });
  }
  if (chosen && isMine) {
    const run = () => action.run(() => remove(here, chosen));
    items.push({ name: `Delete “${chosen.name}”`, icon: Trash2, danger: true, run });
  }
  return (
    <>
      <Menu label="Views" class="button small" items={items}>
        <Icon of={Bookmark} size={14} />
        {chosen ? chosen.name : "All work"}
        {isChanged && <span class="quiet"> (changed)</span>}
      </Menu>
      <RequestError of={action} />
      {isNaming.value && (
        <NewView here={here} shown={shown} close={() => (isNaming.value = false)} />
      )}
    </>
  );
}

function withView(shown: URLSearchParams, id: string): URLSearchParams {
  shown.set("view", id);
  return shown;
}

const bodyOf = (shown: Shown) => ({
  filter: filterOf(shown),
  sort: shown.sort,
  group_by: shown.by,
});

async function update(here: WorkspaceHere, view: View, shown: Shown): Promise<void> {
  const params = { ...here.pathParams({ view_id: view.id }), header: ifMatch(view.rev) };
  await answer(api.PATCH(ONE, { params, body: bodyOf(shown) }));
  toast(`View “${view.name}” updated`);
}

async function remove(here: WorkspaceHere, view: View): Promise<void> {
  await answer(api.DELETE(ONE, { params: here.pathParams({ view_id: view.id }) }));
  navigate(path.peek(), { replace: true });
  toast(`View “${view.name}” deleted`);
}

function NewView({ here, shown, close }: Props & { close: () => void }) {
  const isGuest = here.live.board.peek()?.me.role === "guest";
  const send = async (form: FormData) => {
    const body = {
      name: textOf(form, "name"),
      shared: form.get("shared") === "on",
      ...bodyOf(shown),
    };
    const made = await answer(api.POST(LIST, { params: here.pathParams(), body }));
    close();
    navigate(`${path.peek()}?${withView(queryOf(shown), made.id)}`, { replace: true });
    toast(`View “${made.name}” saved`);
  };
  return (
    <Dialog title="Save as a view" close={close}>
      <Form action="Save view" send={send}>
        <Field name="name" label="Name" autoComplete="off" required maxLength={200} />
        {!isGuest && (
          <label class="choice">
            <input type="checkbox" name="shared" />
            The whole team sees it
          </label>
        )}
      </Form>
    </Dialog>
  );
}
