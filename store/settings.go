package store

import "time"

// Settings are the server's own settings, which only the owner changes.
type Settings struct {
	ServerName     string
	Address        string // where the server is reached, such as https://home.example; "" when not set
	HomeNetworks   string // as typed: networks with commas or spaces between
	TrustedProxies string
	UserLimit      int // local users besides the owner; 0 for no limit
	SessionIdle    time.Duration
	SessionMax     time.Duration
	ActivityKept   time.Duration
	SMTPURL        string // the mail server with its password; "" for no e-mail
	Registration   Registration
	ScanEvery      time.Duration // by itself, in whole hours; 0 for never
	RefreshEvery   time.Duration // read channels by itself, in whole hours; 0 for never
	WatchFolders   bool          // scan libraries when their folders change

	AdminHours        time.Duration // how long a password lets a session into the admin area that began with less
	AdminSecondFactor bool          // administrators need a second factor in the admin area

	RegistrationsADay   int    // how many may register in 24 hours
	RegistrationDomains string // of e-mail addresses that may register, one a line; "" for any
}

// SendsMail says whether there is a mail server to send e-mails through.
func (s Settings) SendsMail() bool { return s.SMTPURL != "" }

// guardDiffers says whether these settings and other differ in who is let in
// and what is believed: in more than comfort.
func (s Settings) guardDiffers(other Settings) bool {
	return s.Address != other.Address || s.HomeNetworks != other.HomeNetworks || s.TrustedProxies != other.TrustedProxies ||
		s.AdminHours != other.AdminHours || s.AdminSecondFactor != other.AdminSecondFactor
}

// MailsStrangers says whether e-mails can go to whoever asks for one at the
// door. What a stranger's request says about the server's address must not
// stand in an e-mail, so that one has to be set.
func (s Settings) MailsStrangers() bool { return s.SendsMail() && s.Address != "" }

// Fixed are settings given where the server was started, in its flags and
// environment. They win over what is saved; nil is not given.
type Fixed struct {
	Address        *string
	HomeNetworks   *string
	TrustedProxies *string
	SMTPURL        *string
}

// Has says whether the setting with this field on the settings page is fixed.
func (f Fixed) Has(field string) bool {
	switch field {
	case "address":
		return f.Address != nil
	case "home_networks":
		return f.HomeNetworks != nil
	case "trusted_proxies":
		return f.TrustedProxies != nil
	case "smtp_url":
		return f.SMTPURL != nil
	}
	return false
}

// over is saved with what is fixed in its place.
func (f Fixed) over(saved Settings) Settings {
	if f.Address != nil {
		saved.Address = *f.Address
	}
	if f.HomeNetworks != nil {
		saved.HomeNetworks = *f.HomeNetworks
	}
	if f.TrustedProxies != nil {
		saved.TrustedProxies = *f.TrustedProxies
	}
	if f.SMTPURL != nil {
		saved.SMTPURL = *f.SMTPURL
	}
	return saved
}

// restore is in with what was saved in the place of what is fixed.
func (f Fixed) restore(in, saved Settings) Settings {
	if f.Address != nil {
		in.Address = saved.Address
	}
	if f.HomeNetworks != nil {
		in.HomeNetworks = saved.HomeNetworks
	}
	if f.TrustedProxies != nil {
		in.TrustedProxies = saved.TrustedProxies
	}
	return in
}

// DefaultHomeNetworks are the home networks of a new server, as its first
// migration writes them: this machine, private networks (RFC 1918, RFC 4193) and
// link-local addresses (RFC 3927, RFC 4291).
const DefaultHomeNetworks = "127.0.0.0/8, ::1/128, 10.0.0.0/8, 172.16.0.0/12, 192.168.0.0/16, 169.254.0.0/16, fc00::/7, fe80::/10"

// Day is how long the durations in Settings are counted in.
const Day = 24 * time.Hour
