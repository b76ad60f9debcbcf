// Package ui holds the parts that the pages are made of: the shell around a page, fields, buttons, faces, notes.
//
// A part takes one value that says all about it and draws plain HTML with the classes of static/app.css. Parts know
// nothing of users or libraries, ask nobody anything, and escape every text they are given. They work without a
// script; the attributes that start with "data-" tell static/app.js where it may help.
//
// The page itself writes the plain blocks, which need no part of their own:
//
//	.head             h1, a sentence, .actions
//	.toolbar          .search, .segments, .sort
//	.section > header h2, a badge, .actions
//	.rows > .row      a face, .name and line, .small, .small, .menu; .rows.pick begins with a checkbox .pick,
//	                  .rows.slim has a face, a text and a menu, .rows.plain only a text and a menu
//	.card             header, .body, footer
//	.person           a large face, h1 and .badges
//	.facts            dl of what is known
//	.events           list of what happened: a face, a sentence, a time
//	.menu-list        popover; each item's class names its icon; .more is a row's button that opens it, all dots
//	.bulk             after the rows in their form; seen while a .pick is ticked
//
// and the attributes that ask the script for help:
//
//	form[data-live]          asks again while typing, and swaps every [data-live-region] by its id; links in a region
//	                         with data-live-link do the same; [data-live-status] in a region is read aloud
//	[data-dialog]            on a link or a submit button: the [data-dialog-body] of the answer opens in a dialog
//	[data-select-all=NAME]   ticks all of that name in its section; [data-selected-count] tells how many are
//	[data-shows], [data-hides]  on a checkbox or radio button: the block with that id follows it
//	[data-copy], [data-reveal], [data-strength]  see CopyField and PasswordField
package ui
