import { RefreshCw } from "lucide";
import { Button } from "../../parts/ui/button";
import type { BoardState } from "./state";

/** What others moved meanwhile, and waits so that nothing jumps under one's hand. */
export function Updates({ state }: { state: BoardState }) {
  const { value: held } = state.held;
  if (held === 0) return null;
  return (
    <Button small icon={RefreshCw} onClick={() => state.release()}>
      {held === 1 ? "1 update" : `${held} updates`}
    </Button>
  );
}
