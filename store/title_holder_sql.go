package store

import (
	"context"
	"fmt"
)

// HolderNames are the names of what the titles lie in, by id: of their series
// and seasons, artists and albums. Whoever sees a title may know them all.
func (s *Store) HolderNames(ctx context.Context, titles []Title) (map[int64]string, error) {
	names := make(map[int64]string)
	var ids []int64
	for _, title := range titles {
		for _, id := range []int64{title.ParentID, title.RootID} {
			if _, asked := names[id]; id != 0 && !asked {
				names[id] = ""
				ids = append(ids, id)
			}
		}
	}
	if len(ids) == 0 {
		return names, nil
	}
	_, err := readEach(brief(ctx), prepared{s}, func(row scanner) (id int64, err error) {
		var name string
		err = row.Scan(&id, &name)
		names[id] = name
		return id, err
	}, `SELECT t.id, t.name FROM json_each(?) j CROSS JOIN titles t ON t.id = j.value`, "["+idText(ids)+"]")
	if err != nil {
		return nil, fmt.Errorf("read what titles lie in: %w", err)
	}
	return names, nil
}
