package store

import (
	"context"
	"database/sql"
	"encoding/json"
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
	list, err := json.Marshal(ids)
	if err != nil {
		return nil, fmt.Errorf("list ids: %w", err)
	}
	return names, s.eachRow(ctx, `SELECT id, name FROM titles WHERE id IN (SELECT value FROM json_each(?))`, []any{string(list)}, func(rows *sql.Rows) error {
		var id int64
		var name string
		err := rows.Scan(&id, &name)
		names[id] = name
		return err
	})
}
