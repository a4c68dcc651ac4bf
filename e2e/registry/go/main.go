// Serves go-containerregistry's registry in memory on loopback; prints its address.
package main

import (
	"fmt"
	"io"
	"log"
	"net"
	"net/http"
	"os"

	"github.com/google/go-containerregistry/pkg/registry"
)

func main() {
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		log.Fatal(err)
	}
	fmt.Println(listener.Addr())
	withReferrers := registry.WithReferrersSupport(len(os.Args) > 1 && os.Args[1] == "referrers")
	log.Fatal(http.Serve(listener, registry.New(withReferrers, registry.Logger(log.New(io.Discard, "", 0)))))
}
