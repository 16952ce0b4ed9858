/** The way to a further workspace, for those who may make one. */
export function NewWorkspaceLink() {
  return (
    <a class="button" href="/new">
      New workspace
    </a>
  );
}
