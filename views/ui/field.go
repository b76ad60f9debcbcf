package ui

// FieldProps describes a field of one line, or of several for Textarea. Its id is its name.
type FieldProps struct {
	Name, Label string
	Type        string // of the input; "text" when empty
	Value       string
	Help        string
	Error       string // what is wrong with the value; empty when nothing is

	Autocomplete, InputMode, Placeholder string

	Required, Optional, ReadOnly, Autofocus bool
}

// SelectProps describes a choice of one among a few.
type SelectProps struct {
	Name, Label, Value, Error string
	Options                   []Option
}

// Option is one line of a Select.
type Option struct {
	Value, Label string
}

// PasswordProps describes a field for a password. With Meter set, the page says while typing how hard it is to guess.
type PasswordProps struct {
	Name, Label, Value, Help, Error string
	Autocomplete                    string // "current-password" or "new-password"
	Meter                           bool
	About                           string // names of the fields that a good password does not repeat, such as "name email"
	Required, Autofocus             bool
}

// CheckProps describes a checkbox or, with Radio set, one of several radio buttons.
type CheckProps struct {
	Name, Value  string // a checkbox without a value sends "on"
	Label, Help  string
	Error        string // why it cannot be so; empty when it can
	Radio        bool
	Checked      bool
	Shows, Hides string // the id of a block that is shown, or hidden, while this is chosen
	DescribedBy  string // the id of more that belongs to it, such as a warning
}

// id is the name, with the value where several share the name.
func (c CheckProps) id() string {
	if c.Value == "" {
		return c.Name
	}
	return c.Name + "-" + c.Value
}

func (c CheckProps) kind() string {
	if c.Radio {
		return "radio"
	}
	return "checkbox"
}

func (c CheckProps) describedBy() string {
	return join(describedBy(c.id(), c.Help, c.Error), c.DescribedBy)
}

// GroupProps describes a set of fields with a title of its own, such as radio buttons.
type GroupProps struct {
	ID          string // where a message about the whole group leads; may be empty
	Legend      string
	HideLegend  bool // for a group under a heading that says the same
	Help, Error string
}

// TickListProps describes a list of checkboxes with one name.
type TickListProps struct {
	GroupProps
	Name  string
	Ticks []Tick
	Empty string // said when there is nothing to tick
}

// Tick is one line of a TickList.
type Tick struct {
	Value, Label, Help string
	Ticked             bool
}

// Problem is what is wrong with one field of a form.
type Problem struct {
	Field, Text string
}

// describedBy names the help and the error of a field, for aria-describedby; an empty string when it has neither.
func describedBy(id, help, problem string) string {
	return join(when(problem != "", id+"-error"), when(help != "", id+"-help"))
}

func when(condition bool, s string) string {
	if condition {
		return s
	}
	return ""
}

func join(a, b string) string {
	if a == "" || b == "" {
		return a + b
	}
	return a + " " + b
}

func orElse(s, otherwise string) string {
	if s == "" {
		return otherwise
	}
	return s
}
