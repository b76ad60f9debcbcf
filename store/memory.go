package store

import (
	"container/list"
	"sync"
)

// memorySize is how many bytes of lists of titles are kept in memory.
const memorySize = 32 << 20

// itemBytes is what remembering takes besides what is remembered: a list that is
// empty is no less to keep, and anybody can ask for as many as they like.
const itemBytes = 512

// memory keeps lists that were worked out from the database, each under a key
// and with the versions of the database that it holds for. What was not asked
// for longest goes first when there is too much.
type memory struct {
	mu    sync.Mutex
	items map[any]*list.Element
	order list.List // of *remembered, the one asked for last in front
	size  int
}

type remembered struct {
	key  any
	at   versions
	size int // bytes; 0 until it is worked out

	mu    sync.Mutex // held while it is worked out
	ready bool
	value any
}

// recall is what is remembered under the key for these versions, or else what
// work answers with its size in bytes. Those who ask for the same at once wait
// for one of them to work it out.
func recall[T any](m *memory, key any, at versions, work func() (T, int, error)) (T, error) {
	item := m.item(key, at)
	item.mu.Lock()
	defer item.mu.Unlock()
	if !item.ready {
		value, size, err := work()
		if err != nil {
			m.drop(item)
			return value, err
		}
		item.value, item.ready = value, true
		m.grew(item, size+itemBytes)
	}
	value, _ := item.value.(T)
	return value, nil
}

// item is what is remembered under the key, which may have to be worked out.
func (m *memory) item(key any, at versions) *remembered {
	m.mu.Lock()
	defer m.mu.Unlock()
	if m.items == nil {
		m.items = make(map[any]*list.Element)
	}
	if element, known := m.items[key]; known {
		item := element.Value.(*remembered)
		if item.at == at {
			m.order.MoveToFront(element)
			return item
		}
		m.forget(element)
	}
	item := &remembered{key: key, at: at}
	m.items[key] = m.order.PushFront(item)
	return item
}

// drop forgets what could not be worked out.
func (m *memory) drop(item *remembered) {
	m.mu.Lock()
	defer m.mu.Unlock()
	if element, known := m.items[item.key]; known && element.Value == item {
		m.forget(element)
	}
}

// grew notes the size of what was worked out, and makes room for it.
func (m *memory) grew(item *remembered, size int) {
	m.mu.Lock()
	defer m.mu.Unlock()
	element, known := m.items[item.key]
	if !known || element.Value != item {
		return
	}
	item.size = size
	m.size += size
	for m.size > memorySize && m.order.Len() > 1 {
		m.forget(m.order.Back())
	}
}

func (m *memory) forget(element *list.Element) {
	item := element.Value.(*remembered)
	m.order.Remove(element)
	delete(m.items, item.key)
	m.size -= item.size
}
