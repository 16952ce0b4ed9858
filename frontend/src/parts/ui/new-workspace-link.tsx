import common from "locale:common";

/** A link to create another workspace. */
export function NewWorkspaceLink() {
  return (
    <a class="button" href="/new">
      {common.newWorkspace}
    </a>
  );
}
