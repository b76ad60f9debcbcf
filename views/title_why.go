package views

import "strconv"

// WhyAddress is where administrators read why a user sees a title, or does not;
// for the user 0, where they choose whom they ask about.
func WhyAddress(title, user int64) string {
	address := "/admin/titles/" + strconv.FormatInt(title, 10) + "/why"
	if user == 0 {
		return address
	}
	return address + "?user=" + strconv.FormatInt(user, 10)
}
