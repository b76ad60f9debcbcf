// Package architecture holds no program. Its tests keep the rooms of the house
// apart, as docs/architecture.md draws them: who may import whom, where Echo
// and SQL may be named, and a few habits that a linter does not know.
//
// Every rule is a function from source to complaints, shown to complain about a
// made-up violation before it is put to Usher's own source.
package architecture
