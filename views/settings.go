package views

import (
	"fmt"

	"usher/store"
	"usher/views/ui"
)

// SettingsTab is one of the pages of the settings.
type SettingsTab string

// The tabs.
const (
	SettingsGeneral      SettingsTab = "General"
	SettingsMail         SettingsTab = "E-mail"
	SettingsConnect      SettingsTab = "Connect"
	SettingsRegistration SettingsTab = "Registration"
)

// all are the tabs, with this one open.
func (t SettingsTab) all() []ui.Tab {
	var tabs []ui.Tab
	for _, tab := range []struct {
		label SettingsTab
		href  string
	}{{SettingsGeneral, "/admin/settings"}, {SettingsMail, "/admin/settings/mail"}, {SettingsConnect, "/admin/settings/connect"}, {SettingsRegistration, "/admin/settings/registration"}} {
		tabs = append(tabs, ui.Tab{Label: string(tab.label), Href: tab.href, Current: tab.label == t})
	}
	return tabs
}

// SettingsPage shows the server's settings and where the viewer is.
type SettingsPage struct {
	Layout    ui.Layout
	MayChange bool   // the viewer is the owner
	Owner     string // who may
	Users     int    // local users besides the owner
	Fixed     store.Fixed
	Everyone  bool // the home networks hold every address
	Place     Place
	Problems  Problems

	// As typed.
	ServerName, Address          string
	HomeNetworks, TrustedProxies string
	UserLimit                    string
	SessionIdleDays              string
	SessionMaxDays, ActivityDays string
	ScanHours, RefreshHours      string
	WatchFolders                 bool
	AdminHours                   string
	AdminFactor                  bool
}

// Place is where the viewer is, as far as Usher can tell.
type Place struct {
	Peer       string   // the other end of the connection
	Address    string   // who is asking
	Forwarding []string // lines of the header, as they came
	Home       bool
	Reason     string
}

// fixedBy says where a setting was made that cannot be changed here.
func fixedBy(given *string, flag, variable string) string {
	if given == nil {
		return ""
	}
	return fmt.Sprintf("Set by %s or %s where Usher was started. It can be changed only there.", flag, variable)
}

func (p SettingsPage) addressField() ui.FieldProps {
	return p.field(ui.FieldProps{
		Name: "address", Label: "Address", Value: p.Address, InputMode: "url", Placeholder: "https://home.example", Optional: true,
		Help: "Where people reach this server. Links are made with it, and with https in it, signing in works over https only. Other names in your domain count as away, even at home.",
	}, fixedBy(p.Fixed.Address, "--url", "USHER_URL"))
}

func (p SettingsPage) homeField() ui.FieldProps {
	return p.field(ui.FieldProps{
		Name: "home_networks", Label: "Home networks", Value: p.HomeNetworks,
		Help: "One on each line, such as 192.168.1.0/24. Who comes from here is at home: people without a password can sign in, and so can those with local access.",
	}, fixedBy(p.Fixed.HomeNetworks, "--home-networks", "USHER_HOME_NETWORKS"))
}

func (p SettingsPage) proxyField() ui.FieldProps {
	return p.field(ui.FieldProps{
		Name: "trusted_proxies", Label: "Trusted proxies", Value: p.TrustedProxies, Optional: true,
		Help: "The addresses of your own proxies, such as nginx or Caddy. Only they are believed when they say in X-Forwarded-For who is asking.",
	}, fixedBy(p.Fixed.TrustedProxies, "--trusted-proxies", "USHER_TRUSTED_PROXIES"))
}

func (p SettingsPage) numberField(name, label, value, help string) ui.FieldProps {
	return p.field(ui.FieldProps{Name: name, Label: label, Value: value, Help: help, InputMode: "numeric"}, "")
}

// field is a field with its problem; it can only be read by those who may not
// change it, and when it is fixed.
func (p SettingsPage) field(f ui.FieldProps, fixed string) ui.FieldProps {
	f.Error = p.Problems.At(f.Name)
	f.Autocomplete = "off"
	f.ReadOnly = !p.MayChange || fixed != ""
	if f.ReadOnly {
		f.Optional, f.Placeholder = false, ""
	}
	if fixed != "" {
		f.Help = fixed
	}
	return f
}

func (p SettingsPage) limitHelp() string {
	now := "There is nobody yet."
	if p.Users > 0 {
		now = "There " + areOrIs(p.Users) + " " + ui.CountOf(p.Users, "person", "people") + " now."
	}
	return "Besides the owner. " + now + " Leave it empty for no limit."
}

// orUnknown is an address, or says that there is none.
func orUnknown(address string) string {
	if address == "" {
		return "Not known"
	}
	return address
}
