import { useBoard } from "../../live/workspace";
import { Tokens } from "../account/tokens";

/** My tokens in this workspace. */
export function TokensSection() {
  const { workspace, me } = useBoard();
  const { slug, name, id } = workspace;
  return <Tokens workspace={{ workspace_id: id, slug, name, ...me }} />;
}
