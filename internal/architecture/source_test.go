package architecture

import (
	"bytes"
	"fmt"
	"go/ast"
	"go/parser"
	"go/token"
	"path"
	"regexp"
	"slices"
	"strconv"
	"strings"
)

// sourceFile is one file of the project, its name relative to the root and with
// forward slashes.
type sourceFile struct {
	name    string
	content []byte
}

func (f sourceFile) isGo() bool   { return strings.HasSuffix(f.name, ".go") }
func (f sourceFile) isTest() bool { return strings.HasSuffix(f.name, "_test.go") }

// generated follows the convention of https://go.dev/s/generatedcode.
func (f sourceFile) generated() bool {
	return f.isGo() && generatedLine.Match(f.content)
}

var generatedLine = regexp.MustCompile(`(?m)^// Code generated .* DO NOT EDIT\.$`)

// maxLines leaves a little room above the 300 that a file should have.
const maxLines = 320

// longFiles complains of files that do more than one thing, going by their length.
func longFiles(f sourceFile) []string {
	if f.generated() || f.isTest() || !f.isGo() && !strings.HasSuffix(f.name, ".templ") {
		return nil
	}
	if lines := bytes.Count(f.content, []byte("\n")); lines > maxLines {
		return []string{fmt.Sprintf("%s has %d lines, more than %d: divide it by what it does", f.name, lines, maxLines)}
	}
	return nil
}

// initFunctions complains of code that runs because it is imported.
func initFunctions(f sourceFile) (complaints []string) {
	if !f.isGo() {
		return nil
	}
	parsed, err := parser.ParseFile(token.NewFileSet(), f.name, f.content, parser.SkipObjectResolution)
	if err != nil {
		return []string{err.Error()}
	}
	for _, declaration := range parsed.Decls {
		function, ok := declaration.(*ast.FuncDecl)
		if ok && function.Recv == nil && function.Name.Name == "init" {
			complaints = append(complaints, f.name+" has an init function: call it from where it is needed")
		}
	}
	return complaints
}

// quickHashes complain of passwords that are hashed as tests do it.
func quickHashes(f sourceFile) []string {
	if !f.isGo() || f.isTest() || f.name == "auth/hasher.go" || !bytes.Contains(f.content, []byte("NewQuickHasher")) {
		return nil
	}
	return []string{f.name + " hashes passwords as only tests may: use NewHasher"}
}

// sqlFiles besides store/*_sql.go: those that open a database and bring it up
// to date.
var sqlFiles = []string{"store/open.go", "store/migrate.go"}

// strayQueries complains of SQL outside of the files kept for it, wherever a
// string begins as a statement does. Tests may look into the database.
func strayQueries(f sourceFile) (complaints []string) {
	if !f.isGo() || f.isTest() || slices.Contains(sqlFiles, f.name) {
		return nil
	}
	if kept, err := path.Match("store/*_sql.go", f.name); err != nil || kept {
		return nil
	}
	files := token.NewFileSet()
	parsed, err := parser.ParseFile(files, f.name, f.content, parser.SkipObjectResolution)
	if err != nil {
		return []string{err.Error()}
	}
	ast.Inspect(parsed, func(node ast.Node) bool {
		literal, ok := node.(*ast.BasicLit)
		if !ok || literal.Kind != token.STRING {
			return true
		}
		if text, err := strconv.Unquote(literal.Value); err == nil && isStatement(text) {
			complaints = append(complaints, fmt.Sprintf("%s:%d holds SQL: move it to a store/*_sql.go file",
				f.name, files.Position(literal.Pos()).Line))
		}
		return true
	})
	return complaints
}

// statement takes SQL in capitals or small letters, but not sentences that
// begin with such a word ("Select a user from the list").
var statement = regexp.MustCompile(`^\s*(?s:` +
	`SELECT\b|select\b.*\bfrom\b|` +
	`INSERT\b|insert\s+(or\s+\w+\s+)?into\b|` +
	`REPLACE\s+INTO\b|replace\s+into\b|` +
	`UPDATE\b|update\s+\w+\s+set\b|` +
	`DELETE\s+FROM\b|delete\s+from\b|` +
	`(CREATE|DROP|ALTER|create|drop|alter)\s+(?i:unique\s+|virtual\s+|temp\s+)?(?i:table|index|trigger|view)\b|` +
	`PRAGMA\b|pragma\s|` +
	`WITH\s.*\sAS\s*\(|with\s+\w+\s+as\s*\(|` +
	`(BEGIN|COMMIT|ROLLBACK|begin|commit|rollback)(?i:\s+(immediate|exclusive|deferred|transaction))?\s*;?\s*$|` +
	`VACUUM\b|vacuum\s+into\b|SAVEPOINT\b|ATTACH\b)`)

// isStatement leaves single small words alone: "begin" is also a plain word.
func isStatement(text string) bool {
	switch strings.TrimSpace(text) {
	case "begin", "commit", "rollback":
		return false
	}
	return statement.MatchString(text)
}

const styleElement = "a style element: write it to static/app.css"

// inline are the ways to put a style or a script into a page, which the
// Content-Security-Policy forbids, or unescaped text, which nothing checks.
var inline = []struct {
	pattern *regexp.Regexp
	what    string
}{
	{regexp.MustCompile(`(?i)\sstyle\s*\??=`), "a style attribute: give the element a class"},
	{regexp.MustCompile(`(?i)<style\b`), styleElement},
	{regexp.MustCompile(`(?i)<script\b[^>]*>\s*[^\s<]`), "a script: write it to static/app.js"},
	{regexp.MustCompile(`(?i)\son[a-z]+\s*\??=\s*["{]`), "an event handler: write it to static/app.js"},
	{regexp.MustCompile(`(?i)\b(?:javascript|data):[^\s"]`), "an address that is a script or data"},
	{regexp.MustCompile(`\btempl\.Raw\b`), "unescaped text"},
}

// inlineParts complains of templates with a style or a script inside. E-mails
// bring their style along: no mail program would fetch it.
func inlineParts(f sourceFile) (complaints []string) {
	if !strings.HasSuffix(f.name, ".templ") {
		return nil
	}
	for _, part := range inline {
		if part.what == styleElement && strings.HasPrefix(f.name, "mail/") {
			continue
		}
		for _, at := range part.pattern.FindAllIndex(f.content, -1) {
			line := 1 + bytes.Count(f.content[:at[0]+1], []byte("\n"))
			complaints = append(complaints, fmt.Sprintf("%s:%d has %s", f.name, line, part.what))
		}
	}
	return complaints
}
