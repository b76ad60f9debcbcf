package views

import (
	"usher/store"
	"usher/views/ui"
)

// LibraryTab is one of the pages about a library.
type LibraryTab string

// The tabs.
const (
	LibraryOverviewTab LibraryTab = "Overview"
	LibraryTitlesTab   LibraryTab = "Titles"
	LibraryFoldersTab  LibraryTab = "Folders and name"
)

// LibraryHead is the head of the pages about one library.
type LibraryHead struct {
	Library store.Library
	Tab     LibraryTab
}

// address is that of a page about the library: "" is the overview.
func (h LibraryHead) address(under string) string { return Libraries.AddressOf(h.Library.ID) + under }

func (h LibraryHead) tabs() []ui.Tab {
	var tabs []ui.Tab
	for _, tab := range []struct {
		label LibraryTab
		under string
	}{{LibraryOverviewTab, ""}, {LibraryTitlesTab, "/titles"}, {LibraryFoldersTab, "/folders"}} {
		tabs = append(tabs, ui.Tab{Label: string(tab.label), Href: h.address(tab.under), Current: tab.label == h.Tab})
	}
	return tabs
}

// unreachable says whether a folder of a library could not be read when it was
// scanned last.
func unreachable(l store.Library) bool {
	for _, root := range l.Roots {
		if root.Unreachable != "" {
			return true
		}
	}
	return false
}
