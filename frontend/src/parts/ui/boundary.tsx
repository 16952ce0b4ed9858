import { Component, type ComponentChildren } from "preact";
import common from "locale:common";
import { Button } from "./button";
import { Notice } from "./notice";

interface Props {
  /** The name of the content: `This message`. */
  what: string;
  /** The data of the content. It is rendered again when that changes. */
  of?: unknown;
  /** The content is a whole page. */
  full?: boolean;
  children: ComponentChildren;
}

interface State {
  fault: unknown;
}

/**
 * An error boundary. If its content fails to render, it says so and offers another try, and
 * everything around it keeps working.
 */
export class Boundary extends Component<Props, State> {
  override state: State = { fault: null };

  static override getDerivedStateFromError(fault: unknown): State {
    return { fault };
  }

  override componentDidCatch(fault: unknown): void {
    console.error(fault);
  }

  override componentDidUpdate(before: Props): void {
    if (before.of !== this.props.of && this.state.fault !== null) this.retry();
  }

  readonly retry = (): void => this.setState({ fault: null });

  override render({ what, full, children }: Props, { fault }: State): ComponentChildren {
    if (fault === null) return children;
    return full ? <BrokenPage what={what} retry={this.retry} /> : <Broken what={what} retry={this.retry} />;
  }
}

interface BrokenProps {
  what: string;
  retry: () => void;
}

function BrokenPage({ what, retry }: BrokenProps) {
  return (
    <main class="page" id="main">
      <h1>{common.couldNotShow({ what })}</h1>
      <p>{common.draftsKept}</p>
      <p class="form-end">
        <Button kind="primary" onClick={retry}>
          {common.tryAgain}
        </Button>
        <Button onClick={() => location.reload()}>{common.reload}</Button>
      </p>
    </main>
  );
}

function Broken({ what, retry }: BrokenProps) {
  return (
    <Notice kind="bad" lines={[common.couldNotShowPart({ what })]}>
      <Button small onClick={retry}>
        {common.tryAgain}
      </Button>
    </Notice>
  );
}
