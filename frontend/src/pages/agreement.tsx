import { answer, api } from "../api/client";
import { useWorkspace } from "../live/workspace";
import { Failed } from "../parts/failed";
import { useLoaded } from "../parts/loaded";
import { Page } from "../parts/page";
import { Rendered } from "../parts/rendered";
import { Skeleton } from "../parts/skeleton";

/** The response-time agreement that is in force. */
export default function Agreement() {
  const here = useWorkspace();
  const read = () =>
    answer(api.GET("/api/workspaces/{workspace}/agreement", { params: here.path() }));
  const agreement = useLoaded(read, [here]);
  const found = agreement.data.value;
  return (
    <Page title={found?.title ?? "Agreement"}>
      <Failed of={agreement} />
      {found ? <Rendered html={found.text_html} /> : <Skeleton rows={6} />}
    </Page>
  );
}
