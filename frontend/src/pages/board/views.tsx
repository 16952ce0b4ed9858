import t from "locale:board";
import { useSignal } from "@preact/signals";
import { Bookmark, BookmarkPlus, Save, Trash2 } from "lucide";
import { answer, api, ifMatch } from "../../api/client";
import { navigate, path, query } from "../../router/router";
import type { View } from "../../live/documents";
import type { WorkspaceHere } from "../../live/workspace";
import { CancelButton } from "../../parts/ui/cancel-button";
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
    { name: t.allTasks, checked: !chosen, run: () => navigate(path.peek()) },
    ...views.map((view) => ({
      name: view.shared ? t.teamView({ name: view.name }) : view.name,
      checked: view === chosen,
      run: () => navigate(`${path.peek()}?${withView(queryOf(shownByView(view)), view.id)}`),
    })),
    "line",
    { name: t.saveViewMore, icon: BookmarkPlus, run: () => (isNaming.value = true) },
  ];
  if (chosen && isMine && isChanged) {
    const run = () => action.run(() => update(here, chosen, shown));
    items.push({ name: t.updateView({ name: chosen.name }), icon: Save, run });
  }
  if (chosen && isMine) {
    const run = () => action.run(() => remove(here, chosen));
    items.push({ name: t.deleteView({ name: chosen.name }), icon: Trash2, danger: true, run });
  }
  return (
    <>
      <Menu label={t.views} class="button small" items={items}>
        <Icon of={Bookmark} size={14} />
        {chosen ? chosen.name : t.allTasks}
        {isChanged && <span class="quiet"> {t.viewEdited}</span>}
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
  toast(t.viewUpdated({ name: view.name }));
}

async function remove(here: WorkspaceHere, view: View): Promise<void> {
  await answer(api.DELETE(ONE, { params: here.pathParams({ view_id: view.id }) }));
  navigate(path.peek(), { replace: true });
  toast(t.viewDeleted({ name: view.name }));
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
    toast(t.viewSaved({ name: made.name }));
  };
  return (
    <Dialog title={t.saveView} close={close}>
      <Form action={t.saveView} send={send} aside={<CancelButton close={close} />}>
        <Field name="name" label={t.viewName} autoComplete="off" required maxLength={200} />
        {!isGuest && (
          <label class="choice">
            <input type="checkbox" name="shared" />
            {t.shareView}
          </label>
        )}
      </Form>
    </Dialog>
  );
}
