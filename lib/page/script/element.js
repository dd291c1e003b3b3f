/** New element with a class and children; texts become text nodes, so no name can be markup. */
export function element(tag, className, ...children) {
  const node = document.createElement(tag);
  if (className) node.className = className;
  node.append(...children);
  return node;
}
