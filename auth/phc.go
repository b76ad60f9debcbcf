package auth

import (
	"encoding/base64"
	"errors"
	"fmt"
	"strings"

	"golang.org/x/crypto/argon2"
)

const (
	saltBytes = 16
	tagBytes  = 32
)

// Limits of what a stored hash may ask for. They leave room for parameters to
// rise for many years, and keep a damaged or planted row from asking for more
// memory than the machine has.
const (
	maxMemory    = 256 * 1024 // KiB
	maxPasses    = 32
	maxLanes     = 16
	maxHashField = 64 // bytes, of salt or tag
)

var errPHC = errors.New("not an Argon2id hash that Usher can check")

// argonParams is what Argon2id costs: memory in KiB, passes over it, lanes.
type argonParams struct {
	memory, passes uint32
	lanes          uint8
}

type argonHash struct {
	argonParams
	salt, tag []byte
}

// String writes the hash in the PHC string format,
// https://github.com/P-H-C/phc-string-format/blob/master/phc-sf-spec.md.
func (h argonHash) String() string {
	encode := base64.RawStdEncoding.EncodeToString
	return fmt.Sprintf("$argon2id$v=%d$m=%d,t=%d,p=%d$%s$%s",
		argon2.Version, h.memory, h.passes, h.lanes, encode(h.salt), encode(h.tag))
}

// parsePHC reads what String writes. It returns errPHC for anything else, and
// for parameters outside of what Usher is willing to compute.
func parsePHC(text string) (argonHash, error) {
	parts := strings.Split(text, "$")
	if len(parts) != 6 || parts[0] != "" || parts[1] != "argon2id" ||
		parts[2] != fmt.Sprintf("v=%d", argon2.Version) {
		return argonHash{}, errPHC
	}
	var h argonHash
	if n, err := fmt.Sscanf(parts[3], "m=%d,t=%d,p=%d", &h.memory, &h.passes, &h.lanes); n != 3 || err != nil {
		return argonHash{}, errPHC
	}
	var err error
	if h.salt, err = base64.RawStdEncoding.DecodeString(parts[4]); err != nil {
		return argonHash{}, errPHC
	}
	if h.tag, err = base64.RawStdEncoding.DecodeString(parts[5]); err != nil {
		return argonHash{}, errPHC
	}
	// Reading is lenient where writing is not (signs, what follows the numbers),
	// so only what would be written the same is taken.
	if !h.sensible() || h.String() != text {
		return argonHash{}, errPHC
	}
	return h, nil
}

// sensible keeps to the lower bounds of RFC 9106, section 3.1, and to the
// upper ones above.
func (h argonHash) sensible() bool {
	return h.lanes >= 1 && h.lanes <= maxLanes &&
		h.passes >= 1 && h.passes <= maxPasses &&
		h.memory >= 8*uint32(h.lanes) && h.memory <= maxMemory &&
		len(h.salt) >= 8 && len(h.salt) <= maxHashField &&
		len(h.tag) >= 16 && len(h.tag) <= maxHashField
}
