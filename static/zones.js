// Fields for a time zone, where a script may run: the browser offers the names that it knows.

export function start(form) {
  nameZones(form.elements.namedItem("time_zone"));
}

/** Has a field offer the names of time zones. */
export function nameZones(field) {
  const list = Object.assign(document.createElement("datalist"), { id: "time-zones" });
  list.append(...(Intl.supportedValuesOf?.("timeZone") ?? []).map(zone => new Option(zone)));
  field.after(list);
  field.setAttribute("list", list.id);
}
