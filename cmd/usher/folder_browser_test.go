package main

import (
	"path/filepath"

	"usher/store"
)

// aPersonalFolder is set by an administrator, who reads who else has its files;
// its user sees it, and nobody else does.
func aPersonalFolder(j *journey) {
	disk := j.disk()
	disk.write("Elsa/2024-07-01 Lake/IMG_20240701_120000.jpg", drawn(j))
	disk.write("Shared/2023-05-05 Party/IMG_20230505_200000.jpg", drawn(j))
	house := j.household(disk.library("Photos", store.KindPhotos), people(withPassword(j, "Elsa"), store.Person{
		NewUser: store.NewUser{Name: "Nils", PasswordHash: goodHash(j)},
	}))
	b := j.asOwner(house, "/admin/users")
	b.follow("link", "Elsa", "/admin/users/*")
	elsa := b.where()
	b.follow("link", "Access", elsa+"/access")
	b.fill("Folder on the server", filepath.Join(disk.folder, "Nobody"))
	b.follow("button", "Save the folder", elsa+"/folder")
	b.sees("Nothing is saved yet.")
	b.fill("Folder on the server", filepath.Join(disk.folder, "Elsa"))
	b.follow("button", "Save the folder", elsa+"/access")
	b.sees("The folder of Elsa is saved.")
	b.sees("of the library Photos. Whoever may watch Photos sees its files too.")
	b.sees("To keep them apart, give each a folder of its own.")

	hers := j.as(house, "Elsa", "/")
	hers.until("her folder is there", func() bool {
		hers.wander("/", "/")
		return hers.has("heading", "Recently added in your folder")
	})
	hers.followOn(`.shelves a[href="/libraries/2"]`, "/libraries/2")
	hers.sees("July 2024")
	picture := hers.leadsTo("2024")
	hers.open(picture)
	hers.sees("Taken on 1 July 2024")

	his := j.as(house, "Nils", "/")
	his.sees("Nothing to watch yet")
	for _, address := range []string{"/libraries/2", picture} {
		for _, other := range []*tab{his, b} {
			other.open(address)
			other.sees("There is nothing here")
		}
	}
	b.open(elsa + "/access")
	b.click("link", "Take it out…")
	b.find("dialog", "Take the folder of Elsa out of Usher?")
	b.judge()
	b.follow("button", "Take it out", elsa+"/access*")
	b.sees("The folder of Elsa is taken out of Usher.")
	hers.open("/libraries/2")
	hers.sees("There is nothing here")
}
