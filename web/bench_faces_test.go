package web_test

import (
	"net/url"
	"testing"
	"time"
)

// BenchmarkFaces measures the faces of 10,000 users against the Users page of
// them in the same rounds: 1 is as fast.
func BenchmarkFaces(b *testing.B) {
	h := newBenchHouse(b, 10_000)
	many := h.termWithHits(b, 1000)
	paths := map[string]string{
		"users": "/admin/users", "page1": "/switch", "page400": "/switch?page=400",
		"search1000": "/switch?q=" + url.QueryEscape(many), "search1": "/switch?q=ingrid",
	}
	const each = 100
	took := make(map[string]time.Duration)
	for _, path := range paths {
		h.get(b, path, each) // warm
	}
	for b.Loop() {
		for name, path := range paths {
			took[name] += h.get(b, path, each)
		}
	}
	b.ReportMetric(0, "ns/op")
	for name := range paths {
		if name != "users" {
			b.ReportMetric(float64(took[name])/float64(took["users"]), name+"/users")
		}
	}
	b.ReportMetric(float64(len(h.fetch(b, paths["page1"]))), "page1-bytes")
}
