package naming

import "strings"

// wordSet is a set of words in lower case.
type wordSet map[string]bool

func setOf(words string) wordSet {
	set := make(wordSet)
	for _, word := range strings.Fields(words) {
		set[word] = true
	}
	return set
}

// releaseWords end a name wherever they stand behind its first word: nothing is
// called so. They tell resolution, source, codec and sound. Those that are
// written in two pieces (WEB-DL, H.264) are looked up joined.
var releaseWords = setOf(`
	480p 576p 720p 1080p 1440p 2160p 4320p 480i 576i 1080i 720p50 1080p50 uhd 640x480 720x480 720x576 1280x720 1920x1080 3840x2160
	bluray bdrip brrip bdremux bdmv bd25 bd50 bd66 uhdbd uhdrip dvdrip dvdscr dvd5 dvd9 dvdr hddvd webrip webdl webhd webcap
	hdtv hdtvrip tvrip hdrip pdtv dsr dsrip satrip vhsrip hdcam camrip hdts telesync telecine dvdremux remux screener
	x264 x265 h264 h265 hevc xvid divx avc av1 vp9 mpeg2 mpeg4 vc1 10bit 8bit 12bit hi10p hdr10 hdr10plus hdr10+ dovi
	ac3 eac3 aac aac2 ddp ddp2 ddp5 ddp51 ddp7 dd2 dd5 dd51 dts dtshd dtsx truehd atmos flac mp3 lpcm`)

// looseWords end a name only beside release words or behind its year, since
// films are called so as well.
var looseWords = setOf(`
	cam ts tc scr web dvd dvd1 bd hdr sdr dv hd sd uhd 4k 8k 3d hsbs hou proper proper2 repack repack2 rerip real internal int limited
	extended unrated uncut uncensored theatrical remastered remaster restored director directors director's director’s ultimate
	final special edition dc imax criterion readnfo nfofix retail complete festival stv subbed dubbed dub dual multi
	multi2 multi3 ml dl subs sub subfrench vostfr vose vost truefrench vff vfq vfi vf2 vo hybrid open ws fs nf amzn dsnp hmax atvp
	hulu pcok itunes ntsc pal german deutsch english french italian spanish swedish norwegian danish finnish nordic
	dutch japanese korean chinese russian polish portuguese hindi turkish czech greek hungarian latino castellano
	ita eng ger fre fra deu esp swe nor dan rus jpn kor por pol nld`)

// editions are what distinguishes one version of a film from another.
var editions = map[string]string{
	"480p": "480p", "576p": "576p", "720p": "720p", "1080p": "1080p", "1080i": "1080i", "2160p": "2160p", "4320p": "4320p",
	"4k": "4K", "8k": "8K", "3d": "3D", "hdr": "HDR", "remux": "Remux", "imax": "IMAX", "criterion": "Criterion",
	"extended": "Extended", "unrated": "Unrated", "uncut": "Uncut", "theatrical": "Theatrical", "remastered": "Remastered",
	"restored": "Restored", "director's": "Director’s Cut", "director’s": "Director’s Cut", "directors": "Director’s Cut", "dc": "Director’s Cut",
	"ultimate": "Ultimate", "final": "Final Cut", "german": "German", "english": "English", "french": "French",
	"italian": "Italian", "spanish": "Spanish", "bluray": "Blu-ray", "dvdrip": "DVD", "webdl": "Web", "webrip": "Web",
}

// seasonWords name a season in the languages of people who number their
// folders by hand; the number follows, or stands before (“2. Staffel”).
var seasonWords = setOf(`season staffel saison temporada säsong sesong seizoen stagione sæson kausi sezon sezona évad`)

// episodeWords stand before the number of an episode.
var episodeWords = setOf(`episode ep e folge épisode episodio capítulo capitulo episódio avsnitt aflevering afsnit jakso odcinek`) //nolint:misspell // capitulo is capítulo without its accent

// innerWords are what series are divided into besides seasons.
var innerWords = setOf(`part pt book volume vol arc chapter teil kapitel nr no ova ovas oad ona disc disk cd dvd`)

// partWords stand before the number of one of several files of a title.
var partWords = setOf(`cd dvd disc disk part pt`)

// discWords name the folders of an album or film that came on several discs.
var discWords = setOf(`cd disc disk dvd vinyl`)

// emptyNames say nothing about what is in a file.
var emptyNames = setOf(`movie film video main feature mainmovie mainfeature title untitled index stream default output new disc dvd cd part pt`)
