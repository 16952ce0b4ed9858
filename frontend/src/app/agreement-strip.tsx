import t from "locale:shell";
import { answer, api } from "../api/client";
import { useWorkspace } from "../live/workspace";
import { useLiveLoaded } from "../parts/data/live-loaded";

const CONCERNS = /^agreement\./;

/** Asks for my signature, except on Today and the agreement's page, which ask themselves. */
export default function AgreementStrip({ rest }: { rest: string }) {
  const here = useWorkspace();
  const read = () =>
    answer(api.GET("/api/workspaces/{workspace}/agreement", { params: here.pathParams() }));
  const agreement = useLiveLoaded(read, CONCERNS).data.value;
  const asksItself = rest === "" || rest === "/" || rest.startsWith("/agreement");
  if (!agreement?.unsigned_by_me || asksItself) return null;
  return (
    <section class="strip" aria-label={t.agreement}>
      {t.agreementUnsigned({ version: agreement.version })}{" "}
      <a href={here.pageUrl("/agreement")}>{t.readAndSign}</a>
    </section>
  );
}
