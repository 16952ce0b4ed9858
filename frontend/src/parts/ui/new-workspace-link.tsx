/** A link to create another workspace. */
export function NewWorkspaceLink() {
  return (
    <a class="button" href="/new">
      New workspace
    </a>
  );
}
