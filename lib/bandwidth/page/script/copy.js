/** Lets buttons copy the text of an element, or select it where a page may not copy. */
export function listenToCopies() {
  for (const button of document.querySelectorAll("[data-copy]")) {
    button.addEventListener("click", async () => {
      const source = document.getElementById(button.dataset.copy);
      const isCopied = await copy(source.textContent);
      if (!isCopied) getSelection().selectAllChildren(source);
      button.textContent = isCopied ? "copied" : "selected";
    });
  }
}

async function copy(text) {
  try {
    await navigator.clipboard.writeText(text);
    return true;
  } catch {
    return false;
  }
}
