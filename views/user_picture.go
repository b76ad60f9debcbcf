package views

import "usher/views/ui"

// PicturePage is where a user's picture is sent, on a page of its own.
type PicturePage struct {
	Layout   ui.Layout
	Person   Person
	Problems Problems
}
