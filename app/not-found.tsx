import { MessagePage } from "#components/site/message-page.tsx";
import { buttonStyle } from "#components/ui/button.tsx";

export default function NotFound() {
  return (
    <MessagePage
      title="There is nothing here"
      actions={
        <a href="/" className={buttonStyle({ variant: "primary" })}>
          Go to the start
        </a>
      }
    >
      <p>This address does not lead to a page. Check it for a typing mistake.</p>
    </MessagePage>
  );
}
