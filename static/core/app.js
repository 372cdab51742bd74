// Mounts behaviours: an element says which module brings it to life (`data-module="learn/player"`).
// A page whose module cannot be loaded is still a page: every task works as plain forms.
for (const element of document.querySelectorAll("[data-module]")) {
  import(element.dataset.module).then((module) => module.mount(element));
}
