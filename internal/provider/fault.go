package provider

import (
	"encoding/json"
	"maps"
	"net/http"
	"net/http/httptest"
	"net/url"
)

// Fault is how a provider's answers are other than usual.
type Fault string

// The faults. TellsAll is none: many providers put all they know into the ID
// token.
const (
	None               Fault = ""
	TellsAll           Fault = "the ID token tells all there is to know"
	WrongIssuer        Fault = "the ID token is of another issuer"
	WrongAudience      Fault = "the ID token is for another client"
	WrongNonce         Fault = "the ID token is of another sign-in"
	WrongParty         Fault = "the ID token is for this client too, and was made for another"
	WrongAccess        Fault = "the ID token belongs to another access token"
	WrongKey           Fault = "the ID token is signed with a key that nobody knows"
	NoSignature        Fault = "the ID token is not signed"
	SecretSignature    Fault = "the ID token is signed with the client’s secret"
	NoToken            Fault = "there is no ID token"
	NoSubject          Fault = "the ID token is about nobody"
	OtherPerson        Fault = "the address for more tells about somebody else"
	NothingMore        Fault = "the address for more is broken"
	WrongAnswerIssuer  Fault = "another provider sends the browser back"
	NoAnswerIssuer     Fault = "the browser comes back without the issuer that always comes along"
	Declined           Fault = "the person declines"
	Silent             Fault = "nothing is ever answered"
	Speechless         Fault = "there is no page to sign in on, so that browsers stay where they are"
	BrokenDiscovery    Fault = "the discovery document is an error"
	OtherDiscovery     Fault = "the discovery document is of another issuer"
	EndlessDiscovery   Fault = "the discovery document is larger than it should be"
	RedirectDiscovery  Fault = "the discovery document is somewhere else"
	StrangeEndpoint    Fault = "the discovery document names an address that is none of the web"
	WithoutEndSession  Fault = "sessions at the provider cannot be ended"
	OnlySecretsOffered Fault = "the provider signs with the client’s secret alone"
)

// spoil answers a request as the fault has it.
func (f Fault) spoil(p *Provider, w http.ResponseWriter, r *http.Request) {
	if f == Silent {
		<-r.Context().Done()
		return
	}
	if f == Speechless && r.URL.Path == "/authorize" {
		w.WriteHeader(http.StatusNoContent)
		return
	}
	answer := httptest.NewRecorder()
	p.real.ServeHTTP(answer, r)
	switch r.URL.Path {
	case "/.well-known/openid-configuration":
		f.discovery(answer)
	case "/authorize/callback":
		f.sendBack(p, answer)
	case "/oauth/token":
		f.token(p, answer)
	case "/userinfo":
		f.information(answer)
	}
	maps.Copy(w.Header(), answer.Header())
	w.Header().Del("Content-Length")
	w.WriteHeader(answer.Code)
	_, _ = w.Write(answer.Body.Bytes()) // who hangs up needs no answer
}

// discovery spoils the discovery document.
func (f Fault) discovery(answer *httptest.ResponseRecorder) {
	switch f {
	case BrokenDiscovery:
		answer.Code = http.StatusInternalServerError
	case RedirectDiscovery:
		answer.Code = http.StatusFound
		answer.Header().Set("Location", "/elsewhere")
	default: // spoils something else
	}
	change(answer, func(document map[string]any) {
		document["authorization_response_iss_parameter_supported"] = true
		switch f {
		case OtherDiscovery:
			document["issuer"] = "https://other.example"
		case EndlessDiscovery:
			document["padding"] = make([]byte, 3<<20)
		case StrangeEndpoint:
			document["authorization_endpoint"] = "javascript:alert(1)"
		case WithoutEndSession:
			delete(document, "end_session_endpoint")
		case OnlySecretsOffered:
			document["id_token_signing_alg_values_supported"] = []string{"HS256"}
		default: // spoils something else
		}
	})
}

// sendBack names the issuer in the address that leads back to Usher (RFC
// 9207).
func (f Fault) sendBack(p *Provider, answer *httptest.ResponseRecorder) {
	to, err := url.Parse(answer.Header().Get("Location"))
	if err != nil || to.Host == "" {
		return
	}
	query := to.Query()
	query.Set("iss", p.Issuer)
	switch f {
	case WrongAnswerIssuer:
		query.Set("iss", "https://other.example")
	case NoAnswerIssuer:
		query.Del("iss")
	case Declined:
		query.Del("code")
		query.Set("error", "access_denied")
		query.Set("error_description", "The person <b>declined</b>.")
	default: // spoils something else
	}
	to.RawQuery = query.Encode()
	answer.Header().Set("Location", to.String())
}

// information spoils what is told about the person.
func (f Fault) information(answer *httptest.ResponseRecorder) {
	switch f {
	case NothingMore:
		answer.Code = http.StatusInternalServerError
	case OtherPerson:
		change(answer, func(claims map[string]any) {
			claims["sub"], claims["name"], claims["email"], claims["email_verified"] = "somebody-else", "Somebody Else", "else@example.org", true
		})
	default: // spoils something else
	}
}

// change changes the JSON object in an answer; what is none stays as it is.
func change(answer *httptest.ResponseRecorder, edit func(map[string]any)) {
	var object map[string]any
	if json.Unmarshal(answer.Body.Bytes(), &object) != nil {
		return
	}
	edit(object)
	encoded, err := json.Marshal(object)
	if err != nil {
		return
	}
	answer.Body.Reset()
	answer.Body.Write(encoded)
}
