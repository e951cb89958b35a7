// Starts the editor; the UI waits for the event.
require.config({ paths: { vs: "/ui/monaco/vs" } });
require(["vs/editor/editor.main"], function () {
  document.dispatchEvent(new Event("monaco_init"));
});
