import { PenLine } from "lucide";
import { answer, api } from "../../api/client";
import type { components } from "../../api/schema";
import { useWorkspace } from "../../live/workspace";
import { Button } from "../../parts/ui/button";
import { Chip } from "../../parts/ui/chip";
import { RequestError } from "../../parts/ui/error-notice";
import { useAction } from "../../parts/ui/action";
import { toast } from "../../parts/ui/toast";

interface Props {
  owed: components["schemas"]["SignatureOwed"];
  done: () => Promise<void>;
}

/** A version of the agreement that I have not signed. */
export function SignatureRow({ owed, done }: Props) {
  const here = useWorkspace();
  const action = useAction();
  const sign = async () => {
    const path = "/api/workspaces/{workspace}/agreement/versions/{version}/signature";
    await answer(api.PUT(path, { params: here.pathParams({ version: owed.version }) }));
    toast("You signed the agreement");
    await done();
  };
  return (
    <li class="ask">
      <Chip icon={PenLine}>To sign</Chip>
      <div class="ask-what">
        <a class="main" href={here.pageUrl("/agreement")}>
          {owed.title}, version {owed.version}
        </a>
        <p class="facts">Within which working time you answer, and may expect answers.</p>
      </div>
      <div class="ask-acts">
        <Button small onClick={() => action.run(sign)}>
          Sign
        </Button>
      </div>
      <RequestError of={action} />
    </li>
  );
}
